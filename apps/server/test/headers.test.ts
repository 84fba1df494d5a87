import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, forgetAttempts, type Person } from './people.ts';
import { allRoutes, requestOf } from './routes.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_URL: 'https://holdfast.example' });
  owner = await addPerson(app, { role: 'owner' });
});
afterAll(() => app.stop());

/** Of every answer, good or bad. */
function expectSafe(response: Response): void {
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
  expect(response.headers.get('referrer-policy')).toBe('same-origin');
  expect(response.headers.get('x-frame-options')).toBe('DENY');
  expect(response.headers.get('x-powered-by')).toBeNull();
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
}

describe.each(allRoutes)('$name', ({ route }) => {
  test('answers with the headers of data: nothing may run, frame or keep it', async () => {
    for (const cookie of ['', owner.cookie]) {
      const { path, method, body } = requestOf(route, 'test', randomUUID());
      // No origin: as a program would. The answer may be a refusal; its headers count.
      const response = await fetch(`${app.baseUrl}${path}`, {
        method: method === 'DELETE' ? 'OPTIONS' : method,
        headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && method !== 'DELETE' && { body: JSON.stringify(body) }),
        redirect: 'manual',
      });
      await response.arrayBuffer();
      expectSafe(response);
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });
});

test('the asker’s address is what the proxy saw, not what the asker says', async () => {
  const { email, userId } = await addPerson(app);
  await fetch(`${app.baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.66, 203.0.113.9' },
    body: JSON.stringify({ email, password: 'a wrong password' }),
  });
  const { ip_address } = await app.databases.control
    .selectFrom('sign_in_events')
    .select('ip_address')
    .where('user_id', '=', userId)
    .where('outcome', '=', 'refused')
    .executeTakeFirstOrThrow();
  expect(ip_address).toBe('203.0.113.9');
});

test('pages run their own scripts by nonce only, and each has another', async () => {
  const nonces = new Set<string>();
  for (const path of ['/', '/sign-in', '/o/test/board', '/nowhere', '/api/docs']) {
    const response = await fetch(`${app.baseUrl}${path}`, { headers: { accept: 'text/html' } });
    await response.text();
    expectSafe(response);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    nonces.add(/nonce-([\w+/=]+)/.exec(policy)?.[1] ?? '');
  }
  expect(nonces.size).toBe(5);
});

test('the session’s cookie is bound to this host, unreadable for scripts, and not sent across sites', async () => {
  const { email, password } = await addPerson(app);
  await forgetAttempts(app.databases);
  const response = await fetch(`${app.baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const session = response.headers.getSetCookie().find((line) => line.includes('session_token='));
  expect(session).toMatch(/^__Host-/);
  for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(session).toContain(part);
  expect(session).not.toMatch(/Domain=/i);
});
