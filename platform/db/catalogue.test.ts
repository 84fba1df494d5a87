import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabases, type TestDatabases } from '../test/databases.ts';
import { rolePrefix } from '../test/names.ts';
import { catalogueFaults } from './catalogue.ts';

let cloned: TestDatabases;
let client: pg.Client;
beforeAll(async () => {
  cloned = await cloneDatabases();
  client = new pg.Client({ connectionString: cloned.adminUrl.tenant });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await cloned.databases.close();
});

const app = `${rolePrefix}_app`;

test('the tenant database has no fault', async () => {
  expect(await catalogueFaults(client, app)).toEqual([]);
});

const table = `create table planted (org_id uuid not null, id uuid not null, note text, primary key (org_id, id))`;
const sound = `${table}; select protect_tenant_table('planted')`;

/** Each fault by itself, and what must be said of it. */
const planted: [string, string, RegExp][] = [
  ['a table without protection', table, /planted: row security is off/],
  ['a table without org_id', 'create table planted (id uuid primary key)', /planted: its first column/],
  ['org_id that may be null', 'create table planted (org_id uuid, id uuid primary key)', /planted: its first column/],
  [
    'a key without org_id',
    `create table planted (org_id uuid not null, id uuid primary key); select protect_tenant_table('planted')`,
    /planted_pkey must begin/,
  ],
  [
    'no primary key',
    `create table planted (org_id uuid not null, id uuid, version int); select protect_tenant_table('planted')`,
    /no primary key/,
  ],
  [
    'a unique index across organisations',
    `${sound}; create unique index planted_note on planted (note)`,
    /planted_note must begin/,
  ],
  ['row security switched off', 'alter table claims disable row level security', /claims: row security is off/],
  ['row security not forced', 'alter table claims no force row level security', /claims: row security is not forced/],
  ['a second policy', 'create policy more on claims using (true)', /claims: it must have exactly/],
  [
    'a policy that lets all through',
    `drop policy organisation on parties; create policy organisation on parties using (true) with check (true)`,
    /parties: it must/,
  ],
  [
    'a policy without a check',
    `drop policy organisation on parties; create policy organisation on parties using (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid))`,
    /parties: it must/,
  ],
  [
    'a policy for one command',
    `drop policy organisation on parties; create policy organisation on parties for select using (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid))`,
    /parties: it must/,
  ],
  ['changes not recorded', 'drop trigger record_change on claims', /claims: its changes/],
  ['a disabled trigger', 'alter table claims disable trigger record_change', /claims: its changes/],
  [
    'a trigger on inserts only',
    `drop trigger record_change on parties; create trigger record_change after insert on parties for each row execute function record_change()`,
    /parties: its changes/,
  ],
  [
    'a foreign key without org_id',
    `alter table series add unique (id); ${sound}; alter table planted add foreign key (id) references series (id)`,
    /planted_id_fkey must carry/,
  ],
  ['the app as owner', `alter table parties owner to ${app}`, /parties: the app's role owns/],
  ['the app may truncate', `grant truncate on parties to ${app}`, /parties: the app's role may truncate/],
  ['history that can be rewritten', `grant update on changes to ${app}`, /may rewrite history/],
  [
    'a role that passes row security',
    `create role planted_power bypassrls; grant planted_power to ${app}`,
    /may become planted_power/,
  ],
  ['a view with its owner’s rights', 'create view planted as select * from claims', /must be security_invoker/],
  ['a materialised view', 'create materialized view planted as select 1', /materialised view/],
  [
    'a function with its owner’s rights',
    `create function planted() returns int language sql security definer as 'select 1'`,
    /nobody said why/,
  ],
  ['a definer without search_path', 'alter function enqueue_job reset search_path', /without a fixed search_path/],
  [
    'a null that slips past an exclusion',
    'alter table claims drop constraint claims_rank_of_holds',
    /claims.rank: a null slips/,
  ],
  [
    'an enum column',
    `create type mood as enum ('a'); ${sound}; alter table planted add mood mood`,
    /mood cannot use an index/,
  ],
  [
    'an indexed numeric',
    `${sound}; alter table planted add price numeric; create index on planted (org_id, price)`,
    /numeric cannot use/,
  ],
];

test.each(planted)('finds %s', async (_, sql, said) => {
  await client.query('begin');
  try {
    await client.query(sql);
    expect((await catalogueFaults(client, app)).join('\n')).toMatch(said);
  } finally {
    await client.query('rollback');
  }
});
