import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { withClient } from '../test/connection.ts';
import { changesSince, currentCursor } from './changes.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** A transaction that has written and can be told to commit later than others that began after it. */
async function openWriter(): Promise<{ id: string; end: (how: 'commit' | 'rollback') => Promise<void> }> {
  const client = new pg.Client({ connectionString: app.adminUrl.tenant });
  await client.connect();
  await client.query('begin');
  const id = randomUUID();
  await client.query(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', 'Late')`, [
    app.org.id,
    id,
  ]);
  return {
    id,
    async end(how) {
      await client.query(how);
      await client.end();
    },
  };
}

test('a reader misses no change and sees none twice, however late transactions commit', async () => {
  let cursor = await app.inTenant(currentCursor);
  const seen: string[] = [];
  const read = async () => {
    const { changes, next } = await app.inTenant((tx) => changesSince(tx, cursor));
    cursor = next;
    seen.push(...changes.map(({ id }) => id));
  };
  const expected: string[] = [];
  const open: Awaited<ReturnType<typeof openWriter>>[] = [];
  for (let round = 0; round < 60; round++) {
    if (open.length < 6 && Math.random() < 0.6) open.push(await openWriter());
    const [writer] = Math.random() < 0.5 ? open.splice(Math.floor(Math.random() * open.length), 1) : [];
    if (writer) {
      const how = Math.random() < 0.8 ? 'commit' : 'rollback';
      if (how === 'commit') expected.push(writer.id);
      await writer.end(how);
    }
    if (Math.random() < 0.7) await read();
  }
  for (const writer of open) {
    expected.push(writer.id);
    await writer.end('commit');
  }
  await read();
  expect(seen.toSorted()).toEqual(expected.toSorted());
});

test('a change is recorded with who, when, why and only what changed', async () => {
  const id = randomUUID();
  await app.inTenant((tx) =>
    tx.query(`insert into parties (org_id, id, kind, name) values ($1, $2, 'person', 'Ada')`, [app.org.id, id]),
  );
  await app.inTenant((tx) =>
    tx.query('update parties set name = $3, version = version + 1 where org_id = $1 and id = $2', [
      app.org.id,
      id,
      'Bea',
    ]),
  );
  await app.inTenant((tx) =>
    tx.query('update parties set name = $3 where org_id = $1 and id = $2', [app.org.id, id, 'Bea']),
  );
  const rows = await withClient(app.adminUrl.tenant, (client) =>
    client.query<object>(
      'select operation, version, before, after, actor, request_id from changes where entity_id = $1 order by id',
      [id],
    ),
  );
  expect(rows.rows).toMatchObject([
    { operation: 'insert', version: 1, before: null, after: { name: 'Ada' }, actor: 'command', request_id: 'test' },
    { operation: 'update', version: 2, before: { name: 'Ada', version: 1 }, after: { name: 'Bea', version: 2 } },
  ]);
});
