import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const ask = (path: string, remoteAddress: string, cookie = '') =>
  app.app.http.inject({ method: 'GET', url: path, remoteAddress, headers: { ...(cookie && { cookie }) } });

test('metrics and names of databases are for this machine and for operators', async () => {
  // The first account of an installation runs it.
  const operator = await addPerson(app);
  const outsider = await addPerson(app, { role: 'owner' });
  await app.databases.control
    .updateTable('sessions')
    .set({ factor: 'totp' })
    .where('user_id', '=', operator.userId)
    .execute();
  app.app.services.authenticator.forget();
  for (const [address, cookie, inside] of [
    ['127.0.0.1', '', true],
    ['203.0.113.9', '', false],
    ['203.0.113.9', outsider.cookie, false],
    ['203.0.113.9', operator.cookie, true],
  ] as const) {
    const metrics = await ask('/metrics', address, cookie);
    expect(metrics.statusCode, `${address} ${cookie}`).toBe(inside ? 200 : 403);
    expect(metrics.body.includes('holdfast_pool_connections')).toBe(inside);
    const ready = await ask('/readyz', address, cookie);
    expect(ready.json()).toMatchObject({ status: 'ready' });
    expect('databases' in ready.json<object>()).toBe(inside);
  }
  expect((await ask('/healthz', '203.0.113.9')).json()).toEqual({ status: 'ok' });
});
