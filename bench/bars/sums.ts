import { withClient } from '#platform/test/connection.ts';

/**
 * An MD5 of each table's rows of one organisation, by a superuser and in SQL of its own: what moving says of itself is
 * not asked. The transaction of a change is another one in every database, so it is left out.
 */
export function sumsOf(url: string, orgId: string): Promise<Record<string, string>> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`,
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || md5(coalesce(string_agg(md5((to_jsonb(t) - 'xid')::text), '' order by (to_jsonb(t) - 'xid')::text), '')) as sum
           from ${name} t where org_id = $1`,
        [orgId],
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

/** Rows of an organisation in a database, its jobs among them. */
export function rowsIn(url: string, orgId: string): Promise<number> {
  return withClient(url, async (client) => {
    const sums = await sumsOf(url, orgId);
    const { rows } = await client.query<{ jobs: number }>(
      "select count(*)::int as jobs from graphile_worker._private_jobs where payload ->> 'orgId' = $1",
      [orgId],
    );
    return Object.values(sums).reduce((all, sum) => all + Number(sum.split(' ')[0]), rows[0]?.jobs ?? 0);
  });
}
