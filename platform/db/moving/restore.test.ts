import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { countIn, nothing, sumsOf } from '../../../bench/bars/sums.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { createOrganisation } from '#features/identity/server/commands.ts';
import { parties } from '#features/parties/contract.ts';
import { readConfig } from '../../config.ts';
import { enqueue } from '../../jobs/task.ts';
import { withClient } from '../../test/connection.ts';
import { cloneDatabases, type TestDatabases } from '../../test/databases.ts';
import { testSecret } from '../../test/names.ts';
import { openDatabases, type Databases } from '../databases.ts';
import { mintScope } from '../scope.ts';
import { withTenant } from '../tenant.ts';
import { uuidv7 } from '../uuid.ts';
import { eraseOrganisation } from './erase.ts';
import { exportOrganisation } from './export.ts';
import { moveOrganisation } from './move.ts';
import { restoreOrganisation } from './restore.ts';

/** Where the organisation is exported, and another installation. */
let app: TestApp;
let elsewhere: TestDatabases;
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-restore-'));
const file = path.join(folder, 'test.holdfast.gz');
const by = { actor: 'command', requestId: 'test' };
const [ada, bea] = [uuidv7(), uuidv7()];

beforeAll(async () => {
  app = await startTestApp();
  elsewhere = await cloneDatabases();
  await fill();
  await exportOrganisation(app.databases, { organisationId: app.org.id, file, by });
});
afterAll(async () => {
  await app.stop();
  await elsewhere.databases.close();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(): Promise<void> {
  const { control } = app.databases;
  for (const [id, name] of [
    [ada, 'Ada'],
    [bea, 'Bea'],
  ] as const) {
    await control
      .insertInto('users')
      .values({ id, name, email: `${name.toLowerCase()}@example.com`, email_verified: true })
      .execute();
  }
  const role = uuidv7();
  await control
    .insertInto('custom_roles')
    .values({ id: role, organisation_id: app.org.id, name: 'Librarian', permissions: ['parties.read'] })
    .execute();
  await control
    .insertInto('memberships')
    .values([
      { organisation_id: app.org.id, user_id: ada, role: 'owner' },
      { organisation_id: app.org.id, user_id: bea, role: 'custom', custom_role_id: role },
    ])
    .execute();
  await control
    .insertInto('invitations')
    .values({
      id: uuidv7(),
      organisation_id: app.org.id,
      email: 'cleo@example.com',
      role: 'crew',
      invited_by: ada,
      token_hash: Buffer.from('the-hash-of-a-token'),
      expires_at: '2099-01-01T00:00:00Z',
    })
    .execute();
  // What COPY text has to escape, rows that look like the end of a section, and pieces larger than a buffer.
  for (const name of ['Tab\there', 'Line\nbreak', '\\.', '\\N', 'back\\slash', 'x'.repeat(200), '💥 ünï']) {
    await app.client(parties).create({
      org: 'test',
      body: { name: name.replace(/\s/g, ' '), notes: `${name}\n\\.\n`.repeat(400).slice(0, 1_500) },
    });
  }
  await app.inTenant(async (tx) => {
    await tx.query(
      `insert into resources (org_id, id, kind, name, zone, user_id) values ($1, $2, 'person', 'Bea', 'UTC', $3)`,
      [tx.scope.orgId, randomUUID(), bea],
    );
    for (let n = 0; n < 3; n++)
      await enqueue(tx, 'claims.expire', { claimId: randomUUID() }, { runAt: '2099-01-01T00:00:00Z', key: `job ${n}` });
  });
}

test('it comes to life in another installation, with its people, roles and keys, and tells nobody', async () => {
  const { databases } = elsewhere;
  // Bea has an account there already, by another id.
  const beaThere = uuidv7();
  await databases.control
    .insertInto('users')
    .values({ id: beaThere, name: 'Bea B', email: 'bea@example.com' })
    .execute();
  const { organisation, settled } = await restoreOrganisation(databases, { file, by });
  expect({ organisation, settled }).toEqual({
    organisation: { id: app.org.id, slug: 'test', name: 'test' },
    settled: true,
  });
  const place = await databases.databaseOf(app.org.id);
  const home = await app.databases.databaseOf(app.org.id);
  const [there, here] = [await sumsOf(place.ownerUrl, app.org.id), await sumsOf(home.ownerUrl, app.org.id)];
  // Only what follows Bea's account is another.
  expect({ ...there, resources: '' }).toEqual({ ...here, resources: '' });
  expect((await countIn(place.ownerUrl, app.org.id)).jobs).toBe(3);

  const members = await databases.control
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .leftJoin('custom_roles as r', 'r.id', 'm.custom_role_id')
    .leftJoin('accounts as a', 'a.user_id', 'u.id')
    .select(['u.id', 'u.email', 'u.email_verified as verified', 'm.role', 'r.name as custom', 'a.password'])
    .orderBy('u.email')
    .execute();
  expect(members).toEqual([
    { id: ada, email: 'ada@example.com', verified: false, role: 'owner', custom: null, password: null },
    { id: beaThere, email: 'bea@example.com', verified: false, role: 'custom', custom: 'Librarian', password: null },
  ]);
  const scope = mintScope({ orgId: app.org.id, actor: 'command', requestId: 'test' });
  const people = await withTenant(databases, scope, (tx) =>
    tx.query("select user_id from resources where name = 'Bea'"),
  );
  expect(people).toEqual([{ user_id: beaThere }]);
  const [invitation] = await databases.control
    .selectFrom('invitations')
    .select(['email', 'token_hash as hash', 'invited_by as by'])
    .execute();
  expect(invitation).toMatchObject({ email: 'cleo@example.com', by: ada });
  expect(invitation?.hash.equals(Buffer.from('the-hash-of-a-token'))).toBe(false);
  expect(await databases.control.selectFrom('api_keys').select('role').execute()).toHaveLength(
    Object.keys(app.org.keys).length,
  );
  expect(await databases.control.selectFrom('outgoing_mails').select('id').execute()).toEqual([]);
  await expect(restoreOrganisation(databases, { file, by })).rejects.toThrow('exists here');
  await eraseOrganisation(databases, { organisationId: app.org.id, confirm: 'test', by });
});

test('the file is its owner’s alone, whatever lay beside it', async () => {
  const [target, trap] = [path.join(folder, 'again.gz'), path.join(folder, 'trap')];
  writeFileSync(trap, 'mine', { mode: 0o666 });
  symlinkSync(trap, `${target}.part`);
  await exportOrganisation(app.databases, { organisationId: app.org.id, file: target, by });
  expect(readFileSync(trap, 'utf8')).toBe('mine');
  expect(lstatSync(target).mode & 0o777).toBe(0o600);
});

test('the file holds no secret that opens anything', () => {
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).not.toContain(Buffer.from('the-hash-of-a-token').toString('hex'));
  for (const key of Object.values(app.org.keys)) expect(text).not.toContain(key);
});

test('a file that was damaged anywhere is refused, and nothing of it stays', async () => {
  const { databases } = elsewhere;
  const whole = gunzipSync(readFileSync(file));
  const text = whole.toString('latin1');
  const damaged: [string, Buffer][] = [
    ['cut off', readFileSync(file).subarray(0, -200)],
    ['cut off at a line', gzipSync(whole.subarray(0, text.lastIndexOf('{"rows":')))],
    [
      'a row altered',
      gzipSync(Buffer.from(text.replace('ünï'.normalize('NFC'), 'uni').replace('Tab here', 'Tab hare'), 'latin1')),
    ],
    ['a row lost', gzipSync(Buffer.from(text.replace(/[^\n]+Tab here[^\n]*\n/, ''), 'latin1'))],
    [
      'the manifest altered',
      gzipSync(
        Buffer.from(
          text.replace('"role": "custom"', '"role": "owner"').replace('"role":"custom"', '"role":"owner"'),
          'latin1',
        ),
      ),
    ],
    ['its end altered', gzipSync(Buffer.from(text.replace(/(\{"end":true,"sha256":")../, '$1zz'), 'latin1'))],
    ['another file', Buffer.from('not gzip at all')],
    ['another format', gzipSync(Buffer.from('{"holdfast":"organisation","format":2}\n'))],
    [
      'another schema',
      gzipSync(Buffer.from(text.replace(/"schema":\{"control":\d+/, '"schema":{"control":1'), 'latin1')),
    ],
  ];
  for (const [what, content] of damaged) {
    const bad = path.join(folder, 'bad.gz');
    writeFileSync(bad, content);
    await expect(restoreOrganisation(databases, { file: bad, by }), what).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await databases.control.selectFrom('organisations').select('id').execute(), what).toEqual([]);
    const [place] = await databases.tenants();
    expect(await countIn(place?.ownerUrl ?? '', app.org.id), what).toEqual(nothing);
  }
});

test('a file that reaches into another organisation is refused, whole as it is', async () => {
  const { databases } = elsewhere;
  const victim = await createOrganisation(
    databases,
    { name: 'Victim', slug: 'victim', packs: ['orchestra'], zone: 'UTC', currency: 'EUR' },
    undefined,
  );
  const text = gunzipSync(readFileSync(file)).toString('latin1');
  const [first = ''] = text.split('\n');
  const manifest = JSON.parse(Buffer.from(first, 'latin1').toString());
  for (const table of ['memberships', 'api_keys', 'custom_roles', 'invitations']) {
    const rows = manifest.tables[table].map((one: object) => ({ ...one, organisation_id: victim }));
    const forged = JSON.stringify({ ...manifest, tables: { ...manifest.tables, [table]: rows } });
    const body = Buffer.concat([
      Buffer.from(forged),
      Buffer.from(text.slice(first.length, text.lastIndexOf('{"end"')), 'latin1'),
    ]);
    const end = JSON.stringify({ end: true, sha256: createHash('sha256').update(body).digest('hex') });
    const bad = path.join(folder, 'forged.gz');
    writeFileSync(bad, gzipSync(Buffer.concat([body, Buffer.from(`${end}\n`)])));
    await expect(restoreOrganisation(databases, { file: bad, by }), table).rejects.toThrow('of another organisation');
    for (const of of ['memberships', 'api_keys', 'invitations'] as const)
      expect(
        await databases.control.selectFrom(of).select('role').where('organisation_id', '=', victim).execute(),
      ).toEqual([]);
  }
  await databases.control.deleteFrom('organisations').where('id', '=', victim).execute();
});

test(
  'an owner of databases who is no superuser moves, exports, erases and restores',
  { timeout: 120_000 },
  async () => {
    const name = `plain_${randomUUID().slice(0, 8)}`;
    const maintenance = inject('adminUrl');
    await withClient(maintenance, (admin) =>
      admin.query(`create role ${name} login createdb createrole password 'plain'`),
    );
    const url = Object.assign(new URL(maintenance), { username: name, password: 'plain', pathname: `/${name}` }).href;
    const config = readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: url,
      HOLDFAST_SECRET: testSecret,
      HOLDFAST_DATA: path.join(folder, name),
    });
    const databases = await openDatabases(config);
    try {
      await roundTrip(databases, name, maintenance);
    } finally {
      await databases.close();
    }
  },
);

async function roundTrip(databases: Databases, name: string, maintenance: string): Promise<void> {
  const asSuperuser = (database: string) => Object.assign(new URL(maintenance), { pathname: `/${database}` }).href;
  const make = (slug: string) =>
    createOrganisation(databases, { name: slug, slug, packs: ['venue'], zone: 'UTC', currency: 'EUR' }, undefined);
  const [orgId, otherId] = [await make('plain'), await make('beside')];
  for (const id of [orgId, otherId]) {
    const scope = mintScope({ orgId: id, actor: 'command', requestId: 'test' });
    await withTenant(databases, scope, async (tx) => {
      for (let n = 0; n < 50; n++)
        await tx.query(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', 'Ada')`, [
          id,
          randomUUID(),
        ]);
      await enqueue(tx, 'claims.expire', { claimId: id }, { runAt: '2099-01-01T00:00:00Z' });
    });
  }
  const home = await databases.databaseOf(orgId);
  const before = await sumsOf(asSuperuser(home.name), orgId);
  const beside = await sumsOf(asSuperuser(home.name), otherId);
  const away = await databases.createTenantDatabase({ name: `${name}_away`, kind: 'dedicated' });
  await moveOrganisation(databases, { organisationId: orgId, toDatabaseId: away.id, by });
  expect(await sumsOf(asSuperuser(away.name), orgId)).toEqual(before);
  expect(await countIn(asSuperuser(home.name), orgId)).toEqual(nothing);
  const plain = path.join(folder, `${name}.gz`);
  await exportOrganisation(databases, { organisationId: orgId, file: plain, by });
  await eraseOrganisation(databases, { organisationId: orgId, confirm: 'plain', by });
  expect(await countIn(asSuperuser(away.name), orgId)).toEqual(nothing);
  await restoreOrganisation(databases, { file: plain, databaseId: home.id, by });
  expect(await sumsOf(asSuperuser(home.name), orgId)).toEqual(before);
  expect((await countIn(asSuperuser(home.name), orgId)).jobs).toBe(1);
  expect(await sumsOf(asSuperuser(home.name), otherId)).toEqual(beside);
}
