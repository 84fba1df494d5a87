import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { ownTestApp, startTestApp, type TestApp, type TestOrganisation } from '#apps/server/test/test-app.ts';
import { createClient } from '#platform/client/client.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { withClient } from '#platform/test/connection.ts';
import { startMailServer, type MailServer } from '#platform/test/mail-server.ts';
import { createApiKey } from '#features/identity/server/commands.ts';
import { organisations } from '#features/organisations/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { personalDetails } from '#features/scheduling/personal-details/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { privacy } from '../contract.ts';
import { privacyTasks } from './jobs.ts';
import { keepsIds } from './references.ts';

let app: TestApp;
let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  app = await startTestApp({ ...mail.settings, HOLDFAST_ROLES: 'api,worker' });
  // The last account of an installation can't be erased; here it is this one.
  await addPerson(app, { name: 'Resident' });
});
afterAll(async () => {
  await app.stop();
  await mail.close();
});

const as = ({ cookie }: Person) => createClient(privacy, { baseUrl: app.baseUrl, headers: { cookie } });
const inside = <T>(org: TestOrganisation, work: (tx: Tx) => Promise<T>) =>
  withTenant(app.databases, mintScope({ orgId: org.id, actor: 'command', requestId: 'test' }), work);

/** Rows of any table of any database whose text holds the words, as `table: count`. */
async function foundAnywhere(words: string): Promise<string[]> {
  const found: string[] = [];
  for (const [kind, url] of Object.entries(app.adminUrl)) {
    await withClient(url, async (client) => {
      const tables = await client.query<{ name: string }>(
        `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      for (const { name } of tables.rows) {
        const { rows } = await client.query<{ count: number }>(
          `select count(*)::int as count from ${name} t where position(lower($1) in lower(t::text)) > 0`,
          [words],
        );
        if (rows[0]?.count) found.push(`${kind} ${name}: ${rows[0].count}`);
      }
    });
  }
  return found;
}

/** Columns of any database in which the id stands although nobody decided that it may. */
async function columnsWith(id: string): Promise<string[]> {
  const found: string[] = [];
  for (const kind of ['control', 'tenant'] as const) {
    await withClient(app.adminUrl[kind], async (client) => {
      const columns = await client.query<{ table: string; column: string }>(
        `select table_name as table, column_name as column from information_schema.columns where table_schema = 'public'`,
      );
      for (const { table, column } of columns.rows) {
        const { rowCount } = await client.query(
          `select from ${table} where position($1 in ${client.escapeIdentifier(column)}::text) > 0 limit 1`,
          [id],
        );
        if (rowCount && !keepsIds(kind, `${table}.${column}`)) found.push(`${kind} ${table}.${column}`);
      }
    });
  }
  return found;
}

/** A member of an organisation who is a person and a contact there, with everything that can hang on them. */
async function addInvolved(
  org: TestOrganisation,
  name: string,
): Promise<Person & { resourceId: string; partyId: string }> {
  const person = await addPerson(app, { role: 'crew', org, name });
  const { id: resourceId } = await app
    .client(resources, 'owner', org)
    .create({ org: org.slug, body: { kind: 'person', name: 'First violin', notes: 'Late twice' } });
  const { id: partyId } = await app.client(parties, 'owner', org).create({ org: org.slug, body: { name: 'Soloist' } });
  await inside(org, async (tx) => {
    const key = [org.id, person.userId];
    await tx.query('update resources set user_id = $2 where org_id = $1 and id = $3', [...key, resourceId]);
    await tx.query('update parties set user_id = $2 where org_id = $1 and id = $3', [...key, partyId]);
    await tx.query(
      `insert into notices (org_id, id, user_id, kind, message, source) values ($1, gen_random_uuid(), $2, 'released', 'Gone', 'x')`,
      key,
    );
    await tx.query(
      `insert into time_off (org_id, id, resource_id, starts_at, ends_at) values ($1, gen_random_uuid(), $2, '2026-01-01', '2026-01-02')`,
      [org.id, resourceId],
    );
    await tx.query(
      `insert into claims (org_id, id, resource_id, group_id, status, starts_at, ends_at, zone, exclusive, placed_by, note, rank)
       values ($1, gen_random_uuid(), $2, gen_random_uuid(), 'commit', '2026-02-01', '2026-02-02', 'UTC', true, 'command', 'Bring both bows', null),
              ($1, gen_random_uuid(), $2, gen_random_uuid(), 'hold', '2026-03-01', '2026-03-02', 'UTC', true, 'command', 'Maybe', 1)`,
      [org.id, resourceId],
    );
  });
  const own = createClient(personalDetails, { baseUrl: app.baseUrl, headers: { cookie: person.cookie } });
  const body = { version: 0, legalName: 'Wilhelmina Q. Public' };
  await own.changeIdentity({ org: org.slug, params: { id: resourceId }, body }, { idempotencyKey: 'own-1' });
  return { ...person, resourceId, partyId };
}

test('an organisation that asks for a second factor gives its part to a session that passed one', async () => {
  const org = await app.addOrganisation('export-factor');
  const person = await addInvolved(org, 'Fay Tor');
  const { control } = app.databases;
  await control.updateTable('organisations').set({ requires_second_factor: true }).where('id', '=', org.id).execute();
  expect((await as(person).export({})).organisations).toMatchObject([
    { slug: 'export-factor', problem: expect.stringContaining('second factor'), personalDetails: null, bookings: [] },
  ]);
  await control.updateTable('sessions').set({ factor: 'totp' }).where('user_id', '=', person.userId).execute();
  app.app.services.authenticator.forget();
  expect((await as(person).export({})).organisations).toMatchObject([
    { problem: null, personalDetails: { legalName: 'Wilhelmina Q. Public' } },
  ]);
});

test('the export holds what each organisation keeps, and neither secrets nor its notes', async () => {
  const [first, second] = [await app.addOrganisation('export-a'), await app.addOrganisation('export-b')];
  const person = await addInvolved(first, 'Exa Porter');
  await app.databases.control
    .insertInto('memberships')
    .values({ organisation_id: second.id, user_id: person.userId, role: 'staff' })
    .execute();
  await createApiKey(app.databases.control, second.id, { name: 'Mine', role: 'staff', createdBy: person.userId });
  const file = await as(person).export({});
  expect(file).toMatchObject({
    account: { id: person.userId, name: 'Exa Porter', email: person.email },
    waysIn: [{ provider: 'credential' }],
    sessions: [{ way: 'password' }],
    signIns: [{ outcome: 'ok' }],
    apiKeys: [{ organisation: 'export-b', name: 'Mine' }],
    organisations: [
      {
        slug: 'export-a',
        role: 'crew',
        problem: null,
        person: { id: person.resourceId, name: 'First violin' },
        personalDetails: { legalName: 'Wilhelmina Q. Public', account: null },
        timeOff: [{ startsAt: '2026-01-01T00:00:00.000Z' }],
        bookings: [
          { status: 'commit', note: 'Bring both bows' },
          { status: 'hold', note: null, title: null },
        ],
        contact: { id: person.partyId, name: 'Soloist' },
        notices: [{ message: 'Gone' }],
        actions: { count: 1 },
      },
      { slug: 'export-b', role: 'staff', person: null, personalDetails: null },
    ],
  });
  const text = JSON.stringify(file);
  for (const secret of ['Late twice', 'Maybe', 'hf1.']) expect(text).not.toContain(secret);
});

test('one’s data is for a person who has just proved who they are', async () => {
  const person = await addPerson(app, { name: 'Stale' });
  const key = createClient(privacy, {
    baseUrl: app.baseUrl,
    headers: { authorization: `Bearer ${app.org.keys.owner}` },
  });
  const nobody = createClient(privacy, { baseUrl: app.baseUrl });
  await app.databases.control
    .updateTable('sessions')
    .set({ proved_at: new Date(Date.now() - 3_600_000).toISOString() })
    .where('user_id', '=', person.userId)
    .execute();
  for (const call of ['export', 'erase'] as const) {
    await expect(as(person)[call]({})).rejects.toMatchObject({ code: 'step_up_required' });
    await expect(key[call]({})).rejects.toMatchObject({ code: 'step_up_required' });
    await expect(nobody[call]({})).rejects.toMatchObject({ status: 401 });
  }
});

test('after erasure no table of any database knows the name or the address', async () => {
  const org = await app.addOrganisation('erase-a');
  const person = await addInvolved(org, 'Zebulon Quint');
  const { control } = app.databases;
  const invited = { organisation_id: org.id, role: 'staff', expires_at: '2099-01-01T00:00:00Z' };
  await control
    .insertInto('invitations')
    .values([
      { ...invited, id: crypto.randomUUID(), email: person.email, token_hash: Buffer.from(crypto.randomUUID()) },
      {
        ...invited,
        id: crypto.randomUUID(),
        email: 'friend@example.com',
        invited_by: person.userId,
        token_hash: Buffer.from(crypto.randomUUID()),
      },
    ])
    .execute();
  await control
    .insertInto('outgoing_mails')
    .values([
      {
        id: crypto.randomUUID(),
        recipient: person.email,
        subject: 'Hello',
        body: 'Hello',
        sent_at: new Date().toISOString(),
      },
      {
        id: crypto.randomUUID(),
        recipient: 'friend@example.com',
        subject: 'Zebulon Quint invites you',
        body: `Zebulon Quint (${person.email}) invites you`,
        sent_at: new Date().toISOString(),
      },
    ])
    .execute();
  const bystander = { id: crypto.randomUUID(), recipient: 'other@example.com', subject: 'Soon', body: 'It will.' };
  await control
    .insertInto('outgoing_mails')
    .values({ ...bystander, sent_at: new Date().toISOString() })
    .execute();
  await inside(org, (tx) =>
    tx.query(
      `insert into idempotency_keys (org_id, actor, key, request_hash, status, answer) values ($1, 'user:x', 'k', '', 201, $2)`,
      [org.id, JSON.stringify({ email: person.email.toUpperCase() })],
    ),
  );
  // Another organisation invited the address, and keeps its answer for retries.
  const inviting = await app.addOrganisation('inviting');
  const asked = await fetch(`${app.baseUrl}/api/v1/orgs/inviting/invitations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${inviting.keys.owner}`,
      'content-type': 'application/json',
      'idempotency-key': 'invite-1',
    },
    body: JSON.stringify({ email: person.email, role: 'crew' }),
  });
  expect(asked.status).toBe(201);
  await fetch(`${app.baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: 'wrong password' }),
  });
  await app.app.relay.settled();
  expect((await foundAnywhere(person.email)).length).toBeGreaterThan(3);

  mail.letters.length = 0;
  await as(person).erase({});
  await app.app.relay.settled();
  await expect.poll(() => mail.letters.length).toBe(1);
  expect(mail.letters[0]).toContain(person.email);
  await expect.poll(() => foundAnywhere(person.email)).toEqual([]);
  expect(await foundAnywhere('Zebulon')).toEqual([]);
  expect(await columnsWith(person.userId)).toEqual([]);
  await as(await addPerson(app, { name: 'Will' })).erase({});
  const untouched = control.selectFrom('outgoing_mails').select(['id', 'recipient', 'subject', 'body']);
  expect(await untouched.where('id', '=', bystander.id).execute()).toEqual([bystander]);
  await expect(as(person).export({})).rejects.toMatchObject({ status: 401 });

  // The organisation's own records stay, as nobody's account.
  const kept = await app.client(resources, 'owner', org).get({ org: org.slug, params: { id: person.resourceId } });
  expect(kept.name).toBe('First violin');
  const links = await inside(org, (tx) =>
    tx.query<object>(
      'select user_id from resources where org_id = $1 union all select user_id from parties where org_id = $1',
      [org.id],
    ),
  );
  expect(links).toEqual([{ user_id: null }, { user_id: null }]);
  const log = await control.selectFrom('sign_in_events').selectAll().where('session_id', 'is not', null).execute();
  for (const { user_id, ip_address, user_agent, detail } of log.filter((entry) => entry.user_id === null))
    expect([user_id, ip_address, user_agent, detail]).toEqual([null, null, null, null]);
});

test('the only owner of an active organisation stays until there is another', async () => {
  const org = await app.addOrganisation('owned');
  const [owner, next] = [await addPerson(app, { role: 'owner', org }), await addPerson(app, { role: 'staff', org })];
  await expect(as(owner).erase({})).rejects.toMatchObject({
    status: 409,
    code: 'last_owner',
    message: 'You are the only owner of “owned”. Make somebody else an owner, or close it; then erase your account.',
    problem: { organisations: [{ slug: 'owned', name: 'owned' }] },
  });
  await app.databases.control
    .updateTable('memberships')
    .set({ role: 'owner' })
    .where('user_id', '=', next.userId)
    .execute();
  await as(owner).erase({});
  await expect(as(next).erase({})).rejects.toMatchObject({ code: 'last_owner' });
  await app.databases.control.updateTable('organisations').set({ status: 'closed' }).where('id', '=', org.id).execute();
  await as(next).erase({});
});

test('the only account of an installation stays: nobody could set it up as theirs', async () => {
  const own = await ownTestApp();
  const { cookie } = await addPerson(own, { name: 'Only' });
  const only = createClient(privacy, { baseUrl: own.baseUrl, headers: { cookie } });
  await expect(only.erase({})).rejects.toMatchObject({ status: 409, code: 'last_user' });
  expect((await only.export({})).account.name).toBe('Only');
});

test('of two owners who leave at the same time one stays', async () => {
  for (let round = 0; round < 5; round++) {
    const org = await app.addOrganisation(`race-${round}`);
    const owners = [await addPerson(app, { role: 'owner', org }), await addPerson(app, { role: 'owner', org })];
    // Every other time the second one leaves the organisation instead.
    const leave = ({ cookie }: Person) =>
      createClient(organisations, { baseUrl: app.baseUrl, headers: { cookie } }).leave({ params: { id: org.id } });
    const left = await Promise.allSettled(
      owners.map((owner, n) => (n === 1 && round % 2 === 1 ? leave(owner) : as(owner).erase({}))),
    );
    expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const rest = await app.databases.control
      .selectFrom('memberships')
      .select('role')
      .where('organisation_id', '=', org.id)
      .execute();
    expect(rest).toEqual([{ role: 'owner' }]);
  }
});

test('a membership that ends leaves its ties to be cut; one that begins again keeps its new ones', async () => {
  const org = await app.addOrganisation('comeback');
  const person = await addInvolved(org, 'Come Back');
  const { control } = app.databases;
  const membership = { organisation_id: org.id, user_id: person.userId, role: 'crew' };
  const waiting = () =>
    control.selectFrom('ended_accounts').select('user_id').where('organisation_id', '=', org.id).execute();
  await control.deleteFrom('memberships').where('user_id', '=', person.userId).execute();
  expect(await waiting()).toEqual([{ user_id: person.userId }]);
  await control.insertInto('memberships').values(membership).execute();
  expect(await waiting()).toEqual([]);
});

test('an organisation that cannot be reached is named in the export, and its ties are cut later', async () => {
  const org = await app.addOrganisation('dead');
  const person = await addInvolved(org, 'Moribund Case');
  const { control } = app.databases;
  const { tenant_database_id: alive } = await control
    .selectFrom('organisations')
    .select('tenant_database_id')
    .where('id', '=', org.id)
    .executeTakeFirstOrThrow();
  const dead = crypto.randomUUID();
  await control.insertInto('tenant_databases').values({ id: dead, name: 'nowhere_to_be_found' }).execute();
  const move = async (tenant_database_id: string) => {
    await control.updateTable('organisations').set({ tenant_database_id }).where('id', '=', org.id).execute();
    app.databases.forgetPlacement(org.id);
  };
  await move(dead);
  const file = await as(person).export({});
  expect(file.organisations).toMatchObject([
    { slug: 'dead', problem: expect.stringMatching(/^Its data is missing here: /), person: null },
  ]);
  await as(person).erase({});
  expect(
    await control.selectFrom('ended_accounts').select('last_error').where('user_id', '=', person.userId).execute(),
  ).toHaveLength(1);

  await move(alive);
  const [job] = privacyTasks;
  const run = job?.run as unknown as (context: object, payload: object) => Promise<void>;
  await run({ services: app.app.services, tenant: <T>(work: (tx: Tx) => Promise<T>) => inside(org, work) }, {});
  expect(await control.selectFrom('ended_accounts').selectAll().where('user_id', '=', person.userId).execute()).toEqual(
    [],
  );
  const left = await inside(org, (tx) =>
    tx.query(
      'select from resources where org_id = $1 and user_id = $2 union all select from notices where org_id = $1 and user_id = $2',
      [org.id, person.userId],
    ),
  );
  expect(left).toEqual([]);
  await control.deleteFrom('tenant_databases').where('id', '=', dead).execute();
});
