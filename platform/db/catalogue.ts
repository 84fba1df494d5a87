import type pg from 'pg';

/** Tables of a tenant database that hold no tenant's rows, and why. */
const platformTables: Readonly<Record<string, string>> = {
  schema_migrations: 'which migrations were applied',
  worker_heartbeats: 'which workers live',
  organisation_arrivals: 'which organisations came from another database; the owner of the database writes it',
  organisation_gates: 'which organisations are moving or gone; the owner of the database writes it',
};

/** Tenant tables whose changes are not recorded, and why. */
const unrecorded: Readonly<Record<string, string>> = {
  changes: 'it is the record',
  change_seals: 'hashes of the record',
  idempotency_keys: 'answers kept for retries, not business data',
  messages: 'what was written and what became of it; kept as it is, and too long to keep twice',
  file_uploads: 'content on its way; what becomes of it is recorded',
  file_upload_parts: 'content on its way; what becomes of it is recorded',
  busy_times: 'derived from calendars, rewritten by each refresh',
  notices: 'messages about changes that are recorded themselves',
  form_files: 'whether a file was sent with a form; the file itself is recorded',
  form_submissions: 'counts what came in; what it said is in the inquiry, which is recorded',
  import_tasks: 'progress of a job whose effects are recorded themselves',
  note_documents: 'keystrokes merged; the note has the words, which are recorded',
  note_updates: 'keystrokes; the note has the words, which are recorded',
};

/** Functions that run with their owner's rights, and why they may. */
const definers: Readonly<Record<string, string>> = {
  enqueue_job: 'the queue belongs to the jobs role; the function stamps the organisation',
  queue_counts: 'the queue belongs to the jobs role; the function tells numbers',
};

const policy = "(org_id = ( SELECT (NULLIF(current_setting('app.org_id'::text, true), ''::text))::uuid AS \"nullif\"))";

/**
 * Reads the catalogue of a tenant database and says what breaks the rules of tenancy: each organisation's
 * rows are its own because the database enforces it, whatever the code does.
 *
 * @param client a superuser's or owner's connection
 * @param app the role that the app connects as
 * @returns one sentence per fault; none when all is well
 */
export async function catalogueFaults(client: pg.ClientBase, app: string): Promise<string[]> {
  const checks = [
    tables,
    keys,
    foreignKeys,
    policies,
    triggers,
    privileges,
    roles,
    views,
    functions,
    exclusions,
    leaks,
  ];
  const faults: string[] = [];
  for (const check of checks) faults.push(...(await check(client, app)));
  return faults;
}

const tenantTables = `
  select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     and c.relname <> all($1)`;
const known = [Object.keys(platformTables)];

type Check = (client: pg.ClientBase, app: string) => Promise<string[]>;

async function rowsOf<Row extends object>(
  client: pg.ClientBase,
  sql: string,
  values: unknown[] = known,
): Promise<Row[]> {
  return (await client.query<Row>(sql, values)).rows;
}

const tables: Check = async (client) => {
  const rows = await rowsOf<{ name: string }>(
    client,
    `select t.name from (${tenantTables}) t
      where not exists (select from pg_attribute a where a.attrelid = t.oid and a.attnum = 1 and a.attname = 'org_id'
                           and a.atttypid = 'uuid'::regtype and a.attnotnull)`,
  );
  return rows.map(({ name }) => `${name}: its first column must be org_id uuid not null.`);
};

const keys: Check = async (client) => {
  const rows = await rowsOf<{ name: string; index: string | null }>(
    client,
    `select t.name, i.indexrelid::regclass::text as index from (${tenantTables}) t join pg_index i on i.indrelid = t.oid
      where (i.indisunique or i.indisprimary) and i.indkey[0] <> 1
     union all
     select t.name, null from (${tenantTables}) t where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
  );
  return rows.map(({ name, index }) =>
    index ? `${name}: the unique index ${index} must begin with org_id.` : `${name}: it has no primary key.`,
  );
};

const foreignKeys: Check = async (client) => {
  const rows = await rowsOf<{ name: string; key: string }>(
    client,
    `select t.name, f.conname as key from (${tenantTables}) t join pg_constraint f on f.conrelid = t.oid and f.contype = 'f'
      where not (f.conkey[1] = 1 and f.confkey[1] = 1)`,
  );
  return rows.map(
    ({ name, key }) =>
      `${name}: the foreign key ${key} must carry org_id, or a row may point into another organisation.`,
  );
};

const policies: Check = async (client) => {
  const rows = await rowsOf<{ name: string; on: boolean; forced: boolean; sound: number; all: number }>(
    client,
    `select t.name, t.relrowsecurity as on, t.relforcerowsecurity as forced,
            count(p.oid) filter (where p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
              and pg_get_expr(p.polqual, p.polrelid) = $2 and pg_get_expr(p.polwithcheck, p.polrelid) = $2)::int as sound,
            count(p.oid)::int as all
       from (${tenantTables}) t left join pg_policy p on p.polrelid = t.oid group by 1, 2, 3`,
    [...known, policy],
  );
  return rows.flatMap(({ name, on, forced, sound, all }) => [
    ...(on ? [] : [`${name}: row security is off.`]),
    ...(forced ? [] : [`${name}: row security is not forced.`]),
    ...(sound === 1 && all === 1 ? [] : [`${name}: it must have exactly the one policy of protect_tenant_table().`]),
  ]);
};

const triggers: Check = async (client) => {
  const rows = await rowsOf<{ name: string }>(
    client,
    `select t.name from (${tenantTables}) t where t.name <> all($2) and not exists (
       select from pg_trigger g where g.tgrelid = t.oid and g.tgenabled in ('O', 'A') and g.tgfoid = 'record_change'::regproc
          and g.tgtype = 29 and g.tgqual is null)`,
    [...known, Object.keys(unrecorded)],
  );
  return rows.map(
    ({ name }) => `${name}: its changes are not recorded (record_change on insert, update and delete of each row).`,
  );
};

const privileges: Check = async (client, app) => {
  const rows = await rowsOf<{ name: string; owner: boolean; more: boolean; history: boolean }>(
    client,
    `select t.name, t.relowner = $2::regrole as owner,
            has_table_privilege($2, t.oid, 'truncate, references, trigger') as more,
            t.name in ('changes', 'change_seals') and has_table_privilege($2, t.oid, 'update, delete') as history
       from (${tenantTables}) t`,
    [...known, app],
  );
  return rows.flatMap(({ name, owner, more, history }) => [
    ...(owner ? [`${name}: the app's role owns it and could switch its row security off.`] : []),
    ...(more ? [`${name}: the app's role may truncate, reference or add triggers.`] : []),
    ...(history ? [`${name}: the app's role may rewrite history.`] : []),
  ]);
};

const roles: Check = async (client, app) => {
  const rows = await rowsOf<{ rolname: string }>(
    client,
    `select r.rolname from pg_roles r where (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)
        and pg_has_role($1, r.oid, 'member')`,
    [app],
  );
  return rows.map(({ rolname }) => `The app's role is or may become ${rolname}, which passes row security.`);
};

const views: Check = async (client) => {
  const rows = await rowsOf<{ name: string; kind: string }>(
    client,
    `select c.relname as name, c.relkind as kind from pg_class c where c.relnamespace = 'public'::regnamespace
        and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce('security_invoker=true' = any(c.reloptions)
          or 'security_invoker=on' = any(c.reloptions), false)))`,
    [],
  );
  return rows.map(({ name, kind }) =>
    kind === 'm'
      ? `${name}: a materialised view holds rows of all organisations.`
      : `${name}: a view must be security_invoker.`,
  );
};

const functions: Check = async (client) => {
  const rows = await rowsOf<{ name: string; path: boolean }>(
    client,
    `select p.proname as name, exists (select from unnest(p.proconfig) s where s like 'search_path=%') as path
       from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`,
    [],
  );
  return rows.flatMap(({ name, path }) => [
    ...(name in definers ? [] : [`${name}(): runs with its owner's rights, and nobody said why.`]),
    ...(path ? [] : [`${name}(): runs with its owner's rights and without a fixed search_path.`]),
  ]);
};

const exclusions: Check = async (client) => {
  const rows = await rowsOf<{ name: string; column: string; constraint: string }>(
    client,
    `select t.name, a.attname as column, x.conname as constraint from (${tenantTables}) t
       join pg_constraint x on x.conrelid = t.oid and x.contype = 'x'
       join pg_index i on i.indexrelid = x.conindid
       join pg_attribute a on a.attrelid = t.oid and a.attnum = any(x.conkey)
      where not a.attnotnull and not exists (
        -- Or a check makes it not null wherever the constraint applies.
        select from pg_constraint c where c.conrelid = t.oid and c.contype = 'c' and a.attnum = any(c.conkey)
           and pg_get_constraintdef(c.oid) like '%' || a.attname || ' IS NOT NULL%')`,
  );
  return rows.map(
    ({ name, column, constraint }) => `${name}.${column}: a null slips past the exclusion constraint ${constraint}.`,
  );
};

/** Types whose comparison is not leakproof: under row security their index would not be used. */
const leaks: Check = async (client) => {
  const rows = await rowsOf<{ name: string; column: string; type: string }>(
    client,
    `select distinct t.name, a.attname as column, format_type(a.atttypid, a.atttypmod) as type from (${tenantTables}) t
       join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
       join pg_type y on y.oid = a.atttypid
       left join pg_index i on i.indrelid = t.oid and a.attnum = any(i.indkey)
      where y.typtype = 'e' or (i.indexrelid is not null and a.atttypid in ('numeric'::regtype, 'money'::regtype))`,
  );
  return rows.map(
    ({ name, column, type }) =>
      `${name}.${column}: ${type} cannot use an index under row security; use text with a check, or bigint.`,
  );
};
