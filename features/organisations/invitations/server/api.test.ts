import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#platform/client/client.ts';
import type { Contract } from '#platform/contract/contract.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { withClient } from '#platform/test/connection.ts';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { identity } from '#features/identity/contract.ts';
import { organisations } from '#features/organisations/contract.ts';
import { setPlan } from '#features/organisations/server/plans.ts';
import { parties } from '#features/parties/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { invitations } from '../contract.ts';
import { linkAccepted } from './accept.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const password = 'correct horse battery';

function as<C extends Contract>(contract: C, who?: Pick<Person, 'cookie'>): Client<C> {
  return createClient(contract, { baseUrl: app.baseUrl, ...(who && { headers: { cookie: who.cookie } }) });
}

/** An organisation of its own with an owner. */
async function house(slug: string) {
  const org = await app.addOrganisation(slug);
  return { org, owner: await addPerson(app, { role: 'owner', org, name: 'Olive Owner' }) };
}

/** The token in the newest mail to an address. Its rate limit isn't what these tests are about. */
async function tokenFor(email: string): Promise<string> {
  await app.databases.control.deleteFrom('auth_rate_limits').execute();
  const mail = await app.databases.control
    .selectFrom('outgoing_mails')
    .select('body')
    .where('recipient', '=', email)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  return decodeURIComponent(/invitation\?token=(\S+)/.exec(mail.body)?.[1] ?? '');
}

/** Somebody new joins. @returns a cookie of their session */
async function join(token: string, name: string): Promise<Response> {
  return fetch(`${app.baseUrl}/api/v1/invitations/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name, password }),
  });
}

const cookieOf = (response: Response) => ({
  cookie: response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; '),
});

test('somebody new is invited as crew, joins by the link, and sees what is theirs', async () => {
  const { org, owner } = await house('new-crew');
  const ada = await as(resources, owner).create({ org: org.slug, body: { kind: 'person', name: 'Ada' } });
  const api = as(invitations, owner);
  const sent = await api.invite({
    org: org.slug,
    body: { email: 'Ada@Example.com', role: 'crew', resourceId: ada.id },
  });
  expect(sent).toMatchObject({ email: 'ada@example.com', roleName: 'crew', invitedBy: 'Olive Owner', expired: false });
  expect(sent.person).toEqual({ kind: 'resource', id: ada.id, name: 'Ada' });
  const token = await tokenFor('ada@example.com');
  for (let scan = 0; scan < 10; scan++) await fetch(`${app.baseUrl}/invitation?token=${token}`);
  expect(await as(invitations).look({ body: { token } })).toMatchObject({
    organisation: 'new-crew',
    invitedBy: 'Olive Owner',
    roleName: 'crew',
    hasAccount: false,
  });
  const { rows } = await app.databases.controlPool.query('select * from invitations where id = $1', [sent.id]);
  expect(JSON.stringify(rows)).not.toContain(token);
  const joined = await join(token, 'Ada Byron');
  expect(joined.status).toBe(201);
  const me = await as(identity, cookieOf(joined)).me({});
  expect(me).toMatchObject({
    session: { way: 'invitation', pending: false },
    organisations: [{ slug: org.slug, role: 'crew' }],
  });
  const own = await as(resources, cookieOf(joined)).list({ org: org.slug, query: {} });
  expect(own.items.map(({ name }) => name)).toEqual(['Ada']);
  expect((await api.list({ org: org.slug })).items).toEqual([]);
  await expect(as(invitations).look({ body: { token } })).rejects.toMatchObject({
    code: 'invitation_invalid',
    status: 410,
  });
});

test('of twenty who accept one invitation at once, one does', async () => {
  const { org, owner } = await house('twenty');
  await as(invitations, owner).invite({ org: org.slug, body: { email: 'new@twenty.example', role: 'staff' } });
  const token = await tokenFor('new@twenty.example');
  const joins = await Promise.all(Array.from({ length: 20 }, (_, index) => join(token, `New ${index}`)));
  expect(joins.filter(({ status }) => status === 201)).toHaveLength(1);
  for (const { status } of joins) expect([201, 409, 410]).toContain(status);
  const users = await app.databases.control
    .selectFrom('users')
    .select('id')
    .where('email', '=', 'new@twenty.example')
    .execute();
  expect(users).toHaveLength(1);
  const known = await addPerson(app, { name: 'Known' });
  await as(invitations, owner).invite({ org: org.slug, body: { email: known.email, role: 'staff' } });
  const again = await tokenFor(known.email);
  const accepts = await Promise.allSettled(
    Array.from({ length: 20 }, () => as(invitations, known).accept({ body: { token: again } })),
  );
  expect(accepts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await as(organisations, owner).listMembers({ org: org.slug })).items).toHaveLength(3);
});

describe('an address that has an account', () => {
  test('accepts signed in, and only with that address', async () => {
    const { org, owner } = await house('known');
    const promoter = await addPerson(app, { name: 'Promoter' });
    const other = await addPerson(app, { name: 'Other' });
    const party = await as(parties, owner).create({ org: org.slug, body: { name: 'Agency' } });
    const shows = as(engagements, owner);
    const body = { title: 'Theirs', startsAt: '2031-01-01T10:00:00Z', endsAt: '2031-01-01T12:00:00Z' };
    const theirs = await shows.create({ org: org.slug, body });
    await shows.create({ org: org.slug, body: { ...body, title: 'Somebody else’s' } });
    await shows.addParty({ org: org.slug, params: { id: theirs.id }, body: { partyId: party.id, role: 'client' } });
    await as(invitations, owner).invite({
      org: org.slug,
      body: { email: promoter.email, role: 'promoter', partyId: party.id },
    });
    const token = await tokenFor(promoter.email);
    expect(await as(invitations).look({ body: { token } })).toMatchObject({ hasAccount: true });
    await expect(as(invitations, other).accept({ body: { token } })).rejects.toMatchObject({
      code: 'invitation_for_another',
      message: expect.stringContaining(promoter.email),
    });
    expect((await join(token, 'Not me')).status).toBe(409);
    await expect(as(invitations).accept({ body: { token } })).rejects.toMatchObject({ status: 401 });
    expect(await as(invitations, promoter).accept({ body: { token } })).toEqual({ slug: org.slug });
    const { items } = await as(engagements, promoter).list({ org: org.slug, query: {} });
    expect(items.map(({ title }) => title)).toEqual(['Theirs']);
  });

  test('a member isn’t invited, nor an address twice; an expired invitation makes way', async () => {
    const { org, owner } = await house('twice');
    const api = as(invitations, owner);
    const invite = (email: string) => api.invite({ org: org.slug, body: { email, role: 'staff' } });
    await expect(invite(owner.email.toUpperCase())).rejects.toMatchObject({ code: 'already_member' });
    const first = await invite('twice@example.com');
    await expect(invite('twice@example.com')).rejects.toMatchObject({ code: 'already_invited', status: 409 });
    const token = await tokenFor('twice@example.com');
    await app.databases.controlPool.query(
      "update invitations set expires_at = now() - interval '1 hour' where id = $1",
      [first.id],
    );
    expect((await join(token, 'Late')).status).toBe(410);
    expect((await api.list({ org: org.slug })).items).toMatchObject([{ expired: true }]);
    const second = await invite('twice@example.com');
    expect((await api.list({ org: org.slug })).items.map(({ id }) => id)).toEqual([second.id]);
  });
});

test('sent again, the old link is worth nothing; withdrawn, the new one too', async () => {
  const { org, owner } = await house('again');
  const api = as(invitations, owner);
  const { id } = await api.invite({ org: org.slug, body: { email: 'again@example.com', role: 'staff' } });
  const old = await tokenFor('again@example.com');
  await app.databases.controlPool.query("update outgoing_mails set created_at = now() - interval '1 hour'");
  await api.resend({ org: org.slug, params: { id } });
  const fresh = await tokenFor('again@example.com');
  expect(fresh).not.toBe(old);
  await expect(as(invitations).look({ body: { token: old } })).rejects.toMatchObject({ status: 410 });
  await as(invitations).look({ body: { token: fresh } });
  await api.revoke({ org: org.slug, params: { id } });
  expect((await join(fresh, 'Too late')).status).toBe(410);
  await expect(api.revoke({ org: org.slug, params: { id } })).rejects.toMatchObject({ status: 404 });
  const users = await app.databases.control
    .selectFrom('users')
    .select('id')
    .where('email', '=', 'again@example.com')
    .execute();
  expect(users).toEqual([]);
});

test('a mailbox isn’t flooded', async () => {
  const { org, owner } = await house('flood');
  const api = as(invitations, owner);
  const { id } = await api.invite({ org: org.slug, body: { email: 'flood@example.com', role: 'staff' } });
  const resent = await Promise.allSettled(
    Array.from({ length: 10 }, () => api.resend({ org: org.slug, params: { id } })),
  );
  expect(resent.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  for (const result of resent) if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 429 });
});

test('nobody invites to more than they may, nor a person that has an account', async () => {
  const { org, owner } = await house('grants');
  const api = as(organisations, owner);
  const office = await api.createRole({
    org: org.slug,
    body: { name: 'Office', permissions: ['invitations.manage', 'engagements.read:own', 'notices.own'] },
  });
  const clerk = await addPerson(app, { role: 'custom', customRoleId: office.id, org, name: 'Clerk' });
  const invite = (who: Person, body: Parameters<Client<typeof invitations>['invite']>[0]['body']) =>
    as(invitations, who).invite({ org: org.slug, body });
  const email = 'grants@example.com';
  for (const role of ['owner', 'manager', 'staff', 'crew'] as const)
    await expect(invite(clerk, { email, role })).rejects.toMatchObject({ code: 'role_too_high', status: 403 });
  const sent = await invite(clerk, { email, role: 'custom', customRoleId: office.id });
  await expect(api.removeRole({ org: org.slug, params: { id: office.id } })).rejects.toMatchObject({
    code: 'role_in_use',
    message: expect.stringContaining(email),
  });
  const boss = await invite(owner, { email: 'boss@example.com', role: 'manager' });
  await expect(as(invitations, clerk).revoke({ org: org.slug, params: { id: boss.id } })).rejects.toMatchObject({
    code: 'role_too_high',
  });
  await as(invitations, clerk).revoke({ org: org.slug, params: { id: sent.id } });
  const ben = await as(resources, owner).create({ org: org.slug, body: { kind: 'person', name: 'Ben' } });
  await api.linkResource({ org: org.slug, params: { id: ben.id }, body: { userId: clerk.userId } });
  await expect(invite(owner, { email, role: 'crew', resourceId: ben.id })).rejects.toMatchObject({
    status: 400,
    fields: [{ field: 'resourceId' }],
  });
  const foreign = await house('grants-elsewhere');
  const theirs = await as(resources, foreign.owner).create({
    org: foreign.org.slug,
    body: { kind: 'person', name: 'Theirs' },
  });
  await expect(invite(owner, { email, role: 'crew', resourceId: theirs.id })).rejects.toMatchObject({ status: 400 });
  await expect(
    invite(clerk, { email: 'x@example.com\r\nBcc: y@example.com', role: 'custom', customRoleId: office.id }),
  ).rejects.toMatchObject({
    status: 400,
  });
});

test('of twenty invitations at once as many go out as the plan has room for', async () => {
  const { org, owner } = await house('room');
  await setPlan(app.app.services, { actor: 'command', requestId: 'test' }, org.id, 'solo');
  const invite = (index: number) =>
    as(invitations, owner).invite({ org: org.slug, body: { email: `room-${index}@example.com`, role: 'staff' } });
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => invite(index)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'limit_reached', status: 409 });
  const { items } = await as(invitations, owner).list({ org: org.slug });
  expect((await as(organisations, owner).getPlan({ org: org.slug })).people).toEqual({ used: 3, most: 3 });
  await as(invitations, owner).revoke({ org: org.slug, params: { id: items[0]?.id ?? '' } });
  await invite(99);
  const joined = await join(await tokenFor('room-99@example.com'), 'Ninety-nine');
  expect(joined.status).toBe(201);
});

test('an acceptance that stopped between the databases is finished by its job, once somebody has accepted', async () => {
  const { org, owner } = await house('halfway');
  const ada = await as(resources, owner).create({ org: org.slug, body: { kind: 'person', name: 'Ada' } });
  const { id } = await as(invitations, owner).invite({
    org: org.slug,
    body: { email: 'halfway@example.com', role: 'crew', resourceId: ada.id },
  });
  const scope = mintScope({ orgId: org.id, actor: 'job:invitations.link', requestId: 'test' });
  const job = () => linkAccepted(app, (work) => withTenant(app.databases, scope, work), id);
  const account = async () =>
    withClient(app.adminUrl.tenant, async (client) => {
      const { rows } = await client.query<{ user_id: string | null }>('select user_id from resources where id = $1', [
        ada.id,
      ]);
      return rows[0]?.user_id;
    });
  await job();
  expect(await account()).toBeNull();
  const joined = await join(await tokenFor('halfway@example.com'), 'Ada');
  const user = (await as(identity, cookieOf(joined)).me({})).user;
  expect(await account()).toBe(user?.id);
  // As if the process had stopped before the link.
  await withClient(app.adminUrl.tenant, (client) =>
    client.query('update resources set user_id = null where id = $1', [ada.id]),
  );
  await job();
  await job();
  expect(await account()).toBe(user?.id);
  const left = await withClient(app.adminUrl.tenant, (client) =>
    client.query("select from graphile_worker.jobs where task_identifier = 'invitations.link' and key like $1", [
      `%${id}`,
    ]),
  );
  expect(left.rowCount).toBe(1);
});

test('nobody joins an organisation that is suspended or closed', async () => {
  const { org, owner } = await house('shut');
  await as(invitations, owner).invite({ org: org.slug, body: { email: 'shut@example.com', role: 'staff' } });
  const token = await tokenFor('shut@example.com');
  await app.databases.control.updateTable('organisations').set({ status: 'closed' }).where('id', '=', org.id).execute();
  expect((await join(token, 'Nobody')).status).toBe(410);
});
