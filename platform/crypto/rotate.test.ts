import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { personalDetails } from '#features/scheduling/personal-details/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { mintScope } from '../db/scope.ts';
import { withTenant } from '../db/tenant.ts';
import { withClient } from '../test/connection.ts';
import { keysInUse, rotateKeys, type SealedData } from './rotate.ts';
import { createSealer, type Sealer } from './seal.ts';

let app: TestApp;
let sealer: Sealer;
let data: SealedData;
beforeAll(async () => {
  // Keys in the data folder, as for whoever configures nothing.
  app = await startTestApp({ HOLDFAST_ENCRYPTION_KEYS: undefined });
  sealer = createSealer(app.config);
  data = {
    databases: app.databases,
    inTenantOf: (orgId) => (work) =>
      withTenant(app.databases, mintScope({ orgId, actor: 'command', requestId: 'test' }), work),
  };
});
afterAll(async () => {
  await app.stop();
  rmSync(app.config.dataFolder, { recursive: true, force: true });
});

const totp = { orgId: null, column: 'totp_secrets.secret' };

async function addTotp(secret: string): Promise<string> {
  const id = crypto.randomUUID();
  const { control } = app.databases;
  await control
    .insertInto('users')
    .values({ id, name: 'T', email: `${id}@example.com` })
    .execute();
  await control
    .insertInto('totp_secrets')
    .values({ user_id: id, secret: sealer.seal(secret, totp) })
    .execute();
  return id;
}

async function secretOf(userId: string): Promise<string> {
  const query = app.databases.control.selectFrom('totp_secrets').select('secret').where('user_id', '=', userId);
  return (await query.executeTakeFirstOrThrow()).secret;
}

async function addPeople(count: number, org = app.org): Promise<string[]> {
  const details = app.client(personalDetails, 'owner', org);
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { id } = await app
      .client(resources, 'owner', org)
      .create({ org: org.slug, body: { kind: 'person', name: `P${n}` } });
    await details.changeIdentity({
      org: org.slug,
      params: { id },
      body: { version: 0, taxNumber: `tax ${n}`, legalName: `Name ${n}` },
    });
    ids.push(id);
  }
  return ids;
}

test('a rotation reaches every value of every organisation while the app goes on writing', async () => {
  const other = await app.addOrganisation('second');
  const people = await addPeople(12);
  const [elsewhere] = await addPeople(1, other);
  const user = await addTotp('JBSWY3DPEHPK3PXP');
  const api = app.client(personalDetails);
  const writing = Promise.all(
    people.map((id, n) =>
      api.changeIdentity({ org: 'test', params: { id }, body: { version: 1, taxNumber: `new ${n}` } }),
    ),
  );
  const rotation = await rotateKeys(data, sealer);
  await writing;
  expect(rotation).toMatchObject({ newest: 'k2', made: true, unreadable: [], unreached: [] });
  expect(rotation.resealed).toMatchObject({ 'totp_secrets.secret': 1, 'personal_details.sealed_legal_name': 13 });
  expect((await keysInUse(data)).keys).toEqual({ k2: 27 });
  expect(sealer.open(await secretOf(user), totp)).toBe('JBSWY3DPEHPK3PXP');
  for (const [n, id] of people.entries()) {
    const shown = await api.revealIdentity({
      org: 'test',
      params: { id },
      body: { fields: ['taxNumber', 'legalName'] },
    });
    expect(shown.fields).toEqual({ taxNumber: `new ${n}`, legalName: `Name ${n}` });
  }
  const foreign = await app.client(personalDetails, 'owner', other).revealIdentity({
    org: 'second',
    params: { id: elsewhere ?? '' },
    body: { fields: ['taxNumber'] },
  });
  expect(foreign.fields).toEqual({ taxNumber: 'tax 0' });
});

test('an interrupted rotation goes on with its key; the next one makes another', async () => {
  const users = await Promise.all(['A', 'B', 'C'].map(addTotp));
  const before = (await keysInUse(data)).keys['k2'];
  // As if the command had been killed when the key was made and one value was done.
  expect(sealer.addKey()).toBe('k3');
  const [first] = users;
  await app.databases.control
    .updateTable('totp_secrets')
    .set({ secret: sealer.seal('A', totp) })
    .where('user_id', '=', first ?? '')
    .execute();
  expect(await rotateKeys(data, sealer)).toMatchObject({ newest: 'k3', made: false, keys: { k3: before } });
  expect(await rotateKeys(data, sealer)).toMatchObject({ newest: 'k4', made: true, keys: { k4: before } });
});

test('connections of databases stay what they are', async () => {
  const place = { orgId: null, column: 'tenant_databases.sealed_url' };
  const { control } = app.databases;
  const id = crypto.randomUUID();
  const url = 'postgres://owner:secret@database.invalid:5432/postgres';
  await control
    .insertInto('tenant_databases')
    .values({ id, name: `elsewhere_${id.slice(0, 8)}`, sealed_url: sealer.seal(url, place) })
    .execute();
  expect((await rotateKeys(data, sealer)).resealed).toMatchObject({ 'tenant_databases.sealed_url': 1 });
  const { sealed_url: sealed } = await control
    .selectFrom('tenant_databases')
    .select('sealed_url')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(sealer.open(sealed ?? '', place)).toBe(url);
  expect(sealer.needsRotation(sealed ?? '')).toBe(false);
  await control.deleteFrom('tenant_databases').where('id', '=', id).execute();
});

test('what cannot be opened is named, stays, and does not stop the rest', async () => {
  const [user] = [await addTotp('lost')];
  const [id] = await addPeople(1);
  const lost = 'hf1.gone.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA';
  await withClient(app.adminUrl.control, (client) =>
    client.query('update totp_secrets set secret = $2 where user_id = $1', [user, lost]),
  );
  const rotation = await rotateKeys(data, sealer);
  expect(rotation).toMatchObject({ made: true, unreadable: [`totp_secrets.secret of ${user}`], keys: { gone: 1 } });
  expect(await secretOf(user)).toBe(lost);
  const shown = await app
    .client(personalDetails)
    .revealIdentity({ org: 'test', params: { id: id ?? '' }, body: { fields: ['legalName'] } });
  expect(shown.fields).toEqual({ legalName: 'Name 0' });
});

test('history says that values were encrypted anew, and not by whom they were changed', async () => {
  const [id] = await addPeople(1);
  await rotateKeys(data, sealer);
  const [newest] = await app.inTenant((tx) =>
    tx.query<object>(
      `select operation, before, after, actor, reason from changes
        where entity = 'personal_details' and entity_id = $1 order by id desc limit 1`,
      [id],
    ),
  );
  expect(newest).toEqual({
    operation: 'update',
    before: { sealed_legal_name: 'sealed', sealed_tax_number: 'sealed' },
    after: { sealed_legal_name: 'sealed', sealed_tax_number: 'sealed' },
    actor: 'command',
    reason: 'Encrypted with a new key',
  });
});
