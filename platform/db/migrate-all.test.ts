import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../test/connection.ts';
import { cloneDatabases, type TestDatabases } from '../test/databases.ts';
import { rolePrefix } from '../test/names.ts';
import { openDatabases } from './databases.ts';
import { openInstallation, type Installation } from './installation.ts';
import { rollback } from './migrate-all.ts';
import { newestVersion } from './migrate.ts';

let cloned: TestDatabases;
let installation: Installation;
const newest = newestVersion('tenant');

beforeAll(async () => {
  cloned = await cloneDatabases();
  const prefix = await cloned.databases.newDatabaseName('more');
  for (let n = 0; n < 3; n++) await cloned.databases.createTenantDatabase({ name: `${prefix}_${n}`, kind: 'shared' });
  ({ installation } = await openInstallation(cloned.config, rolePrefix));
});
afterAll(() => cloned.databases.close());

const versions = async () => {
  const { rows } = await cloned.databases.controlPool.query<{ version: number; error: string | null }>(
    'select schema_version as version, migration_error as error from tenant_databases order by name',
  );
  return rows;
};
const same = (version: number) => Array.from({ length: 4 }, () => ({ version, error: null }));

test('back by one everywhere; a dry run says what is missing; one that fails stops no other, and is resumed', async () => {
  const { databases } = cloned;
  expect(await versions()).toEqual(same(newest));
  expect((await rollback(installation)).map(({ from, to, error }) => [from, to, error])).toEqual(
    Array.from({ length: 4 }, () => [newest, newest - 1, null]),
  );
  expect(await versions()).toEqual(same(newest - 1));

  const planned = await databases.migrateAll({ dryRun: true });
  expect(planned.map(({ kind, from, to, applied }) => [kind, from, to, applied.length])).toEqual([
    ['control', newestVersion('control'), newestVersion('control'), 0],
    ...Array.from({ length: 4 }, () => ['shared', newest - 1, newest - 1, 1]),
  ]);
  expect(await versions()).toEqual(same(newest - 1));

  const [, , broken] = await databases.tenants();
  if (!broken) throw new Error('none');
  const name = planned[1]?.applied[0] ?? '';
  // Its last statement fails, so that everything before it must be undone.
  await withClient(broken.ownerUrl, (client) =>
    client.query(`create function stand_in_the_way() returns trigger language plpgsql as
      $$ begin raise exception 'planted'; end $$;
      create trigger planted before insert on schema_migrations execute function stand_in_the_way()`),
  );
  const first = await databases.migrateAll({ parallel: 2 });
  const failed = first.filter(({ error }) => error !== null);
  expect(failed).toEqual([
    expect.objectContaining({ database: broken.name, error: expect.stringContaining('planted') }),
  ]);
  expect(await versions()).toEqual(
    same(newest).map((state, index) =>
      index === 2 ? { version: newest - 1, error: `Migration ${name} failed: planted` } : state,
    ),
  );
  await expectServed(broken.name, false);

  await withClient(broken.ownerUrl, (client) => client.query('drop function stand_in_the_way cascade'));
  const second = await databases.migrateAll({ parallel: 2 });
  expect(second.flatMap(({ database, applied }) => (applied.length > 0 ? [[database, applied]] : []))).toEqual([
    [broken.name, [name]],
  ]);
  expect(await versions()).toEqual(same(newest));
  await expectServed(broken.name, true);
});

/** A process that starts now: works for the others in any case, and says of the broken one that it isn't ready. */
async function expectServed(name: string, ready: boolean): Promise<void> {
  const databases = await openDatabases(cloned.config, rolePrefix);
  try {
    const all = await databases.tenants();
    expect(all.filter((database) => database.ready !== (database.name === name ? ready : true))).toEqual([]);
    const broken = all.find((database) => database.name === name);
    const asked = broken?.attempt(() => Promise.resolve('served')).catch((error: unknown) => String(error));
    expect(await asked).toMatch(ready ? /^served$/ : /brought up to date/);
  } finally {
    await databases.close();
  }
}

test('a rollback that failed for one goes on with that one, and no further with the others', async () => {
  const [, broken] = await cloned.databases.tenants();
  if (!broken) throw new Error('none');
  await withClient(broken.ownerUrl, (client) =>
    client.query(`create function stand_in_the_way() returns trigger language plpgsql as
      $$ begin raise exception 'planted'; end $$;
      create trigger planted before delete on schema_migrations for each row execute function stand_in_the_way()`),
  );
  const first = await rollback(installation);
  expect(first.map(({ to, error }) => [to, error !== null])).toEqual([
    [newest - 1, false],
    [newest, true],
    [newest - 1, false],
    [newest - 1, false],
  ]);
  await withClient(broken.ownerUrl, (client) => client.query('drop function stand_in_the_way cascade'));
  expect((await rollback(installation)).map(({ database }) => database)).toEqual([broken.name]);
  expect(await versions()).toEqual(same(newest - 1));
  await cloned.databases.migrateAll();
});

test('only one goes back, by its name; the control database too; another name is refused', async () => {
  const [one] = await cloned.databases.tenants();
  const done = await rollback(installation, one?.name);
  expect(done.map(({ database }) => database)).toEqual([one?.name]);
  expect((await versions()).map(({ version }) => version)).toEqual([newest - 1, newest, newest, newest]);
  expect(await rollback(installation, installation.controlName)).toMatchObject([{ kind: 'control', error: null }]);
  await expect(rollback(installation, 'nobody')).rejects.toMatchObject({ code: 'invalid_input' });
  const all = await cloned.databases.migrateAll();
  expect(all.filter(({ applied }) => applied.length > 0).map(({ kind }) => kind)).toEqual(['control', 'shared']);
});
