import { withClient } from '#platform/test/connection.ts';

/** Every table with tenants' rows. */
const tenantTables = `select c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`;

/** What is relayed from the control database comes in its own time, a move's own record too. */
const relayed: Readonly<Record<string, string>> = {
  changes:
    "and t.entity not in ('organisations', 'memberships', 'api_keys', 'custom_roles', 'invitations', 'support_grants')",
  idempotency_keys: "and t.actor <> 'relay'",
};

export interface SumOptions {
  /** Seals up to this number only: a job adds more. None: all. */
  seals?: number;
}

/**
 * An MD5 of each table's rows of one organisation, by a superuser and in SQL of its own: what moving says of itself is
 * not asked. The transaction of a change is another one in every database, so it is left out.
 */
export function sumsOf(url: string, orgId: string, { seals }: SumOptions = {}): Promise<Record<string, string>> {
  return withClient(url, async (client) => {
    const tables = await client.query<{ name: string }>(tenantTables);
    const sums: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(md5((to_jsonb(t) - 'xid')::text), '' order by (to_jsonb(t) - 'xid')::text), '')) as sum
           from ${name} t where org_id = $1 ${relayed[name] ?? ''}
               ${name === 'change_seals' && seals !== undefined ? `and number <= ${seals}` : ''}`,
        [orgId],
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

/** Rows and jobs of an organisation in a database. */
export function countIn(url: string, orgId: string): Promise<{ rows: number; jobs: number }> {
  return withClient(url, async (client) => {
    const count = async (from: string) =>
      Number((await client.query<{ count: string }>(`select count(*) from ${from}`, [orgId])).rows[0]?.count);
    let rows = 0;
    for (const { name } of (await client.query<{ name: string }>(tenantTables)).rows)
      rows += await count(`${name} where org_id = $1`);
    return { rows, jobs: await count("graphile_worker._private_jobs where payload ->> 'orgId' = $1") };
  });
}

/** What `countIn` says of a database that knows nothing of an organisation. */
export const nothing = { rows: 0, jobs: 0 };

/** The number of an organisation's newest seal; 0 without any. */
export function newestSealIn(url: string, orgId: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ number: string }>(
      'select coalesce(max(number), 0) as number from change_seals where org_id = $1',
      [orgId],
    );
    return Number(rows[0]?.number);
  });
}
