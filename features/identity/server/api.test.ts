import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createClient } from '#platform/client/client.ts';
import { parties } from '#features/parties/contract.ts';
import { organisations } from '#features/organisations/contract.ts';
import { identity } from '../contract.ts';
import { signIn as ways } from '../sign-in-contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const first = {
  user: { name: 'Ann', email: 'Ann@Example.com', password: 'correct horse battery' },
  organisation: { name: 'City Hall', slug: 'city-hall' },
};

async function signIn(email: string, password: string): Promise<Response> {
  return fetch(`${app.baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
}

function withCookie(response: Response) {
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { cookie, api: createClient(identity, { baseUrl: app.baseUrl, headers: { cookie } }) };
}

test('of many first visitors one becomes the owner, of organisations without members too', async () => {
  const anybody = createClient(identity, { baseUrl: app.baseUrl });
  expect(await anybody.installation({})).toMatchObject({ ready: false, mail: false });
  const all = await Promise.allSettled(
    Array.from({ length: 5 }, (_, n) =>
      anybody.setUp({
        body: {
          ...first,
          user: { ...first.user, email: `ann${n}@example.com` },
          organisation: { ...first.organisation, slug: `city-${n}` },
        },
      }),
    ),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const users = await app.databases.control.selectFrom('users').select('email').execute();
  expect(users).toHaveLength(1);
  const { api } = withCookie(await signIn(users[0]?.email ?? '', first.user.password));
  const me = await api.me({});
  expect(me.organisations.map(({ role }) => role)).toEqual(['owner', 'owner']);
});

test('unknown address and wrong password look the same', async () => {
  const { email } = await app.databases.control.selectFrom('users').select('email').executeTakeFirstOrThrow();
  const [wrong, unknown] = [
    await signIn(email, 'not the password'),
    await signIn('nobody@example.com', 'not the password'),
  ];
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  const comparable = async (response: Response) => ({ ...((await response.json()) as object), requestId: '' });
  expect(await comparable(wrong)).toEqual(await comparable(unknown));
});

test('a cookie writes from its own origin only; signing out ends it at once', async () => {
  const { email } = await app.databases.control.selectFrom('users').select('email').executeTakeFirstOrThrow();
  const { cookie, api } = withCookie(await signIn(email, first.user.password));
  const write = (headers: Record<string, string>) =>
    createClient(parties, { baseUrl: app.baseUrl, headers: { cookie, ...headers } }).create({
      org: 'test',
      body: { name: 'Ada' },
    });
  await expect(write({ origin: 'https://evil.example' })).rejects.toMatchObject({ status: 403 });
  await expect(write({ 'sec-fetch-site': 'cross-site' })).rejects.toMatchObject({ status: 403 });
  await expect(write({ origin: app.baseUrl })).resolves.toMatchObject({ name: 'Ada' });
  await createClient(ways, { baseUrl: app.baseUrl, headers: { cookie, origin: app.baseUrl } }).signOut({});
  await expect(api.me({})).rejects.toMatchObject({ status: 401 });
});

test('an API key has its role and organisation, is shown once, grants nothing above, and ends', async () => {
  const { cookie } = await addPerson(app, { role: 'owner' });
  const owner = createClient(identity, { baseUrl: app.baseUrl, headers: { cookie } });
  // One that leaked would make itself others, which outlive it.
  await expect(
    app.client(identity).createApiKey({ org: 'test', body: { name: 'Heir', role: 'owner' } }),
  ).rejects.toMatchObject({ code: 'step_up_required' });
  const { key, apiKey } = await owner.createApiKey({ org: 'test', body: { name: 'Till', role: 'staff' } });
  const listed = await owner.listApiKeys({ org: 'test' });
  expect(JSON.stringify(listed)).not.toContain(key);
  expect(listed.items).toContainEqual(apiKey);
  const staff = createClient(identity, { baseUrl: app.baseUrl, headers: { authorization: `Bearer ${key}` } });
  expect((await staff.me({})).organisations).toMatchObject([{ slug: 'test', role: 'staff' }]);
  await expect(staff.createOrganisation({ body: first.organisation })).rejects.toMatchObject({ status: 403 });
  await owner.revokeApiKey({ org: 'test', params: { id: apiKey.id } });
  await expect(staff.me({})).rejects.toMatchObject({ status: 401 });
  await expect(owner.revokeApiKey({ org: 'test', params: { id: apiKey.id } })).rejects.toMatchObject({ status: 404 });
});

test('the last owner stays; settings change by version', async () => {
  const api = app.client(organisations);
  const { items } = await api.listMembers({ org: 'test' });
  const [owner, ...others] = items;
  for (const { userId } of others) await api.removeMember({ org: 'test', params: { userId } });
  const params = { userId: owner?.userId ?? '' };
  await expect(api.changeMember({ org: 'test', params, body: { role: 'staff' } })).rejects.toMatchObject({
    code: 'last_owner',
  });
  await expect(api.removeMember({ org: 'test', params })).rejects.toMatchObject({ code: 'last_owner' });
  const before = await api.get({ org: 'test' });
  const after = await api.change({ org: 'test', body: { version: before.version, packs: ['venue', 'touring'] } });
  expect(after).toMatchObject({ packs: ['venue', 'touring'], version: before.version + 1 });
  await expect(api.change({ org: 'test', body: { version: before.version, name: 'X' } })).rejects.toMatchObject({
    code: 'version_conflict',
  });
});
