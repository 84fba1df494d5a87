import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { withControl } from '../db/control.ts';
import { withClient } from '../test/connection.ts';
import { rolePrefix } from '../test/names.ts';
import { Relay } from './relay.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Recorded {
  entity: string;
  operation: string;
  actor: string;
  [column: string]: unknown;
}

async function recorded(entity: string): Promise<Recorded[]> {
  return withClient(app.adminUrl.tenant, async (client) => {
    const { rows } = await client.query<Recorded>(
      'select * from changes where org_id = $1 and entity = $2 order by id',
      [app.org.id, entity],
    );
    return rows;
  });
}

const doer = {
  actor: `user:${randomUUID()}`,
  requestId: 'r1',
  session: 's1',
  address: '192.0.2.1',
  realActor: 'user:other',
};

const rename = (name: string) =>
  withControl({ databases: app.databases }, doer, (trx) =>
    trx.updateTable('organisations').set({ name }).where('id', '=', app.org.id).execute(),
  );

test('a change of the control database arrives in the record, with who, when and from where', async () => {
  await rename('Renamed');
  await app.app.relay.settled();
  expect((await recorded('organisations')).at(-1)).toMatchObject({
    operation: 'update',
    entity_id: app.org.id,
    before: { name: 'test' },
    after: { name: 'Renamed' },
    actor: doer.actor,
    request_id: 'r1',
    session: 's1',
    address: '192.0.2.1',
    real_actor: 'user:other',
  });
  // Keys that the test's own set-up made, without their hashes.
  const keys = await recorded('api_keys');
  expect(keys.length).toBeGreaterThan(2);
  expect(JSON.stringify(keys)).not.toContain('key_hash');
});

const asOwner = (sql: string) => withClient(app.adminUrl.control, (client) => client.query(sql));

test('each exactly once: carried by many, and by one that died before it could remove what it had carried', async () => {
  const before = (await recorded('organisations')).length;
  const log = pino({ level: 'silent' });
  const carriers = Array.from({ length: 3 }, () => new Relay(app.databases, log));
  for (let n = 0; n < 30; n++) {
    await Promise.all([
      rename(`Name ${n}`),
      ...carriers.map((carrier) => (n % 3 === 0 ? carrier.settled() : undefined)),
    ]);
  }
  await asOwner(`revoke delete on organisation_changes from ${rolePrefix}_app`);
  await rename('Name 30');
  await expect.poll(async () => (await recorded('organisations')).length - before).toBe(31);
  await asOwner(`grant delete on organisation_changes to ${rolePrefix}_app`);
  await new Relay(app.databases, log).settled();
  const names = (await recorded('organisations')).slice(before).map(({ after }) => String(Object(after).name));
  expect(new Set(names)).toEqual(new Set(Array.from({ length: 31 }, (_, n) => `Name ${n}`)));
  expect(names).toHaveLength(31);
});

test('nothing is told when the transaction fails', async () => {
  const before = await recorded('organisations');
  await expect(
    withControl({ databases: app.databases }, doer, async (trx) => {
      await trx.updateTable('organisations').set({ name: 'Never' }).where('id', '=', app.org.id).execute();
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await recorded('organisations')).toEqual(before);
});
