import pg from 'pg';

/** One table of tenants' rows, as the catalogue describes it. */
export interface TenantTable {
  name: string;
  /** What travels: everything but generated columns, and the transaction of a row: that is the one that brings it. */
  columns: string[];
  /** Columns numbered by a sequence, which must not hand out the same numbers again. */
  numbered: string[];
  /** `order by` of the primary key, the same on every server. */
  order: string;
  refersToItself: boolean;
}

interface Described extends TenantTable {
  refersTo: string[];
}

/** Every table with tenants' rows, each behind those that it refers to. Row security is what makes a tenant table. */
export async function tenantTables(client: pg.ClientBase): Promise<TenantTable[]> {
  const { rows } = await client.query<Described>(
    `select c.relname as name,
            (select array_agg(quote_ident(a.attname) order by a.attnum) filter
                (where a.attgenerated = '' and a.atttypid <> 'xid8'::regtype)
               from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and a.attidentity <> '') as numbered,
            (select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', '
                               order by array_position(i.indkey::int2[], a.attnum))
               from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
              where i.indrelid = c.oid and i.indisprimary) as order,
            exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid = c.oid)
              as "refersToItself",
            array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
                   where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as "refersTo"
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
      order by c.relname`,
  );
  return inOrder(rows).map(({ refersTo: _, ...table }) => table);
}

/** @throws {Error} when tables refer to each other in a circle: no order would satisfy their foreign keys */
function inOrder(tables: readonly Described[]): Described[] {
  const ordered: Described[] = [];
  const waiting = new Set(tables);
  const isPlaced = (name: string) => ![...waiting].some((table) => table.name === name);
  while (waiting.size > 0) {
    const next = [...waiting].find(({ refersTo }) => refersTo.every(isPlaced));
    if (!next)
      throw new Error(`Tables refer to each other in a circle: ${[...waiting].map(({ name }) => name).join(', ')}`);
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}

/** The version of a database's schema: how many migrations it has had. */
export async function schemaVersion(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ version: number }>('select max(version) as version from schema_migrations');
  return rows[0]?.version ?? 0;
}

/** Rows of an organisation in all tables together. Call with `app.org_id` set. */
export async function countRows(client: pg.ClientBase, tables: readonly TenantTable[], orgId: string): Promise<number> {
  const counts = tables.map(({ name }) => `(select count(*) from ${pg.escapeIdentifier(name)} where org_id = $1)`);
  const { rows } = await client.query<{ count: string }>(`select (${counts.join(' + ')})::text as count`, [orgId]);
  return Number(rows[0]?.count ?? 0);
}
