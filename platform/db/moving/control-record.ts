import { sql } from 'kysely';
import * as z from 'zod';
import { invalid } from '../../contract/errors.ts';
import type { Databases } from '../databases.ts';

type Control = Databases['control'];

/** Tables of the control database that belong to an organisation and travel with it, in the order of their foreign keys. */
export const carriedTables = [
  'custom_roles',
  'memberships',
  'api_keys',
  'invitations',
  'ended_accounts',
  'organisation_logos',
  'audit_heads',
  'organisation_changes',
] as const;

/** Those that don't, and why. */
export const leftTables: Readonly<Record<string, string>> = {
  support_grants: 'they let the operators of one installation in, and nobody of another one',
  organisation_usage: 'a job counts anew',
};

/** Columns that stay behind: the link of an invitation works where it was sent from, or not at all. */
const secrets = ['token_hash'];
/** Columns that name somebody who may have no account elsewhere. */
const people = ['created_by', 'invited_by', 'accepted_by'];

const row = z.looseObject({});
const user = z.object({ id: z.uuid(), name: z.string(), email: z.string() });

/** What the control database knows of an organisation, as rows of JSON. */
export const controlRecord = z.object({
  organisation: z.looseObject({ id: z.uuid(), slug: z.string(), name: z.string(), plan: z.string() }),
  /** Its members: who has no account where it is restored gets one, without a password. */
  users: z.array(user),
  tables: z.record(z.string(), z.array(row)),
});
export type ControlRecord = z.output<typeof controlRecord>;

export async function readControlRecord(control: Control, organisationId: string): Promise<ControlRecord> {
  const members = sql`select user_id from memberships where organisation_id = ${organisationId}`;
  const tables: Record<string, unknown> = {};
  for (const table of carriedTables)
    tables[table] = await rowsOf(control, sql`${sql.table(table)} t where t.organisation_id = ${organisationId}`);
  const [organisation] = await rowsOf(control, sql`organisations t where t.id = ${organisationId}`);
  const users = await rowsOf(control, sql`(select id, name, email from users where id in (${members})) t`);
  return controlRecord.parse({ organisation, users, tables });
}

/** @param from what stands behind FROM, the table named t */
async function rowsOf(control: Control, from: ReturnType<typeof sql>): Promise<unknown[]> {
  const { rows } = await sql<{ row: unknown }>`select to_jsonb(t) - ${secrets}::text[] as row from ${from}`.execute(
    control,
  );
  return rows.map((one) => one.row);
}

/** Ids of accounts in the record → of the same people here: by id, else by address, else themselves. */
export type Accounts = ReadonlyMap<string, string>;

export async function accountsOf(control: Control, { users }: ControlRecord): Promise<Accounts> {
  if (users.length === 0) return new Map();
  const known = await control
    .selectFrom('users')
    .select(['id', 'email'])
    .where((eb) =>
      eb.or([
        eb(
          'id',
          'in',
          users.map(({ id }) => id),
        ),
        eb(
          'email',
          'in',
          users.map(({ email }) => email),
        ),
      ]),
    )
    .execute();
  const ids = new Set(known.map(({ id }) => id));
  const byEmail = new Map(known.map(({ id, email }) => [email, id]));
  return new Map(users.map(({ id, email }) => [id, ids.has(id) ? id : (byEmail.get(email) ?? id)]));
}

/** @throws AppError invalid_input when it exists here, or something of it can't */
export async function requireRoomFor(control: Control, { organisation, tables }: ControlRecord): Promise<void> {
  // No row security stands between organisations here: whoever wrote the file must not write into another one.
  const foreign = carriedTables.find((table) =>
    tables[table]?.some((one) => one['organisation_id'] !== organisation.id),
  );
  if (foreign) throw invalid('file', `The file has ${foreign} of another organisation. Nothing was restored.`);
  const taken = await control
    .selectFrom('organisations')
    .select(['id', 'slug', 'name'])
    .where((eb) => eb.or([eb('id', '=', organisation.id), eb('slug', '=', organisation.slug)]))
    .executeTakeFirst();
  if (taken?.id === organisation.id)
    throw invalid(
      'file',
      `The organisation ${taken.name} (${taken.slug}) exists here. Erase it first, or restore elsewhere.`,
    );
  if (taken)
    throw invalid(
      'file',
      `The short name “${taken.slug}” belongs to another organisation here, ${taken.name}. One of them needs another.`,
    );
  const plan = await control
    .selectFrom('plans')
    .select('name')
    .where('name', '=', organisation.plan)
    .executeTakeFirst();
  if (!plan) throw invalid('file', `There is no plan “${organisation.plan}” here.`);
}

/** Writes the record in one transaction of the control database. Nobody is invited, told or mailed by it. */
export async function writeControlRecord(
  trx: Control,
  record: ControlRecord,
  accounts: Accounts,
  databaseId: string,
): Promise<void> {
  const { organisation, users, tables } = record;
  await insert(trx, 'organisations', [{ ...organisation, tenant_database_id: databaseId }]);
  for (const { id, name, email } of users) {
    if (accounts.get(id) !== id) continue;
    // The address is proved by the first mailed link, which is also the way in: there is no password.
    await trx
      .insertInto('users')
      .values({ id, name, email, email_verified: false })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const known = await knownPeople(trx, tables);
  for (const table of carriedTables) {
    // Its triggers have told of every row here as if it were new; what still waited to be told comes instead.
    if (table === 'organisation_changes')
      await trx
        .deleteFrom(table)
        .where('organisation_id', '=', organisation.id)
        .where('entity', '<>', 'organisations')
        .execute();
    await insert(
      trx,
      table,
      (tables[table] ?? []).map((one) => adapted(table, one, accounts, known)),
    );
  }
}

async function insert(trx: Control, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const name = sql.table(table);
  // Numbers of waiting changes are given anew, in their order: others wait here too.
  const numbered = table === 'organisation_changes';
  // Two members may be one person here.
  const twofold = table === 'memberships';
  const { rows: columns } = await sql<{ name: string }>`
    select attname::text as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0
       and not attisdropped and attidentity = ''`.execute(trx);
  const list = sql.join(columns.map(({ name: column }) => sql.ref(column)));
  await sql`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb)
    ${numbered ? sql`order by number` : sql``} ${twofold ? sql`on conflict do nothing` : sql``}`.execute(trx);
}

function adapted(
  table: string,
  given: Record<string, unknown>,
  accounts: Accounts,
  known: ReadonlySet<string>,
): Record<string, unknown> {
  const one = { ...given };
  if (table === 'memberships') one['user_id'] = accounts.get(String(one['user_id'])) ?? one['user_id'];
  for (const column of people) {
    const id = String(one[column] ?? '');
    const here = accounts.get(id) ?? id;
    if (column in one) one[column] = known.has(here) ? here : null;
  }
  if (table === 'invitations')
    one['token_hash'] = `\\x${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex')}`;
  return one;
}

async function knownPeople(trx: Control, tables: ControlRecord['tables']): Promise<Set<string>> {
  const named = Object.values(tables).flatMap((rows) =>
    rows.flatMap((one) => people.flatMap((column) => (typeof one[column] === 'string' ? [one[column]] : []))),
  );
  if (named.length === 0) return new Set();
  const found = await trx
    .selectFrom('users')
    .select('id')
    .where('id', 'in', [...new Set(named)])
    .execute();
  return new Set(found.map(({ id }) => id));
}
