import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { withClient } from '../test/connection.ts';
import { rolePrefix, templateName } from '../test/names.ts';
import { listMigrations, migrate, rollbackNewest, type DatabaseKind } from './migrate.ts';

const roles = { app: `${rolePrefix}_app`, jobs: `${rolePrefix}_jobs` };
const made: string[] = [];
const admin = <T>(work: (client: pg.Client) => Promise<T>) => withClient(inject('adminUrl'), work);

/** A database at the newest schema. */
async function clone(template: string): Promise<string> {
  const name = `m_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await admin((client) => client.query(`create database ${name} template ${template}`));
  made.push(name);
  return inject('adminUrl').replace(/\/postgres$/, `/${name}`);
}

let templates: Record<DatabaseKind, string>;
beforeAll(() => {
  templates = { control: templateName, tenant: `${templateName}_tenant` };
});
afterAll(() =>
  admin(async (client) => {
    for (const name of made) await client.query(`drop database ${name} with (force)`);
  }),
);

/** Everything that a schema consists of, by name: not the order in which columns were added. */
const catalogue = `
  select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
         || a.attnotnull || ' ' || a.attidentity::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
  union all
  select 'table ' || relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity || ' ' || relowner::regrole
         || ' ' || coalesce((select string_agg(acl::text, ',' order by acl::text) from unnest(relacl) acl), '')
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S')
  union all
  select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
  union all
  select 'index ' || pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid
   where c.relnamespace = 'public'::regnamespace
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
   where not tgisinternal and c.relnamespace = 'public'::regnamespace
  union all
  select 'function ' || pg_get_functiondef(oid) || ' ' || proowner::regrole || ' '
         || coalesce((select string_agg(acl::text, ',' order by acl::text) from unnest(proacl) acl), '') from pg_proc p
   where pronamespace = 'public'::regnamespace
     and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
  union all
  select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
    from pg_policies where schemaname = 'public'
  order by 1`;

async function schemaOf(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(catalogue);
    return rows.map(({ line }) => line);
  });
}

/** The schema that the migrations up to a number make by themselves. */
async function schemaAt(kind: DatabaseKind, version: number): Promise<string[]> {
  const name = `m_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await admin((client) => client.query(`create database ${name}`));
  made.push(name);
  const url = inject('adminUrl').replace(/\/postgres$/, `/${name}`);
  await withClient(url, async (client) => {
    await client.query('create schema graphile_worker');
    await client.query(
      'create table schema_migrations (version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())',
    );
    for (const { version: number, sql } of listMigrations(kind)) {
      if (number > version) continue;
      await client.query(sql.replaceAll('{{app}}', `"${roles.app}"`).replaceAll('{{jobs}}', `"${roles.jobs}"`));
    }
  });
  return schemaOf(url);
}

/** The oldest version that one can go back to. */
const oldest = { control: 1, tenant: 2 } as const;

test.each(['control', 'tenant'] as const)(
  '%s: each step down is the older schema, and up again the newer',
  async (kind) => {
    const url = await clone(templates[kind]);
    const newest = await schemaOf(url);
    const migrations = listMigrations(kind);
    for (let version = migrations.length; version > oldest[kind]; version--) {
      expect(await rollbackNewest(url, kind, roles)).toEqual({ name: migrations[version - 1]?.name, to: version - 1 });
      expect(await schemaOf(url)).toEqual(await schemaAt(kind, version - 1));
    }
    await expect(rollbackNewest(url, kind, roles)).rejects.toThrow(
      `has no ${migrations[oldest[kind] - 1]?.name}.down.sql`,
    );
    const { from, applied } = await migrate(url, kind, roles);
    expect([from, applied.length]).toEqual([oldest[kind], migrations.length - oldest[kind]]);
    expect(await schemaOf(url)).toEqual(newest);
  },
);

test('a rollback that the data forbids changes nothing and says why', async () => {
  const url = await clone(templates.tenant);
  const stepDown = () => rollbackNewest(url, 'tenant', roles);
  while ((await withClient(url, (client) => client.query('select from schema_migrations'))).rowCount !== 3)
    await stepDown();
  await withClient(url, (client) =>
    client.query(
      "insert into organisation_gates (org_id, state, operation_id) values (gen_random_uuid(), 'departed', gen_random_uuid())",
    ),
  );
  const before = await schemaOf(url);
  await expect(stepDown()).rejects.toThrow(
    '0003_audit could not be undone: an organisation is being moved or has left',
  );
  expect(await schemaOf(url)).toEqual(before);
});

test('a dry run touches nothing, not even a ledger', async () => {
  const name = `m_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await admin((client) => client.query(`create database ${name}`));
  made.push(name);
  const url = inject('adminUrl').replace(/\/postgres$/, `/${name}`);
  const { from, applied } = await migrate(url, 'tenant', roles, true);
  expect([from, applied.length]).toEqual([0, listMigrations('tenant').length]);
  expect(await schemaOf(url)).toEqual([]);
});
