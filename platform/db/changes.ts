import type { Tx } from './tenant.ts';

/**
 * A position in the change record: transactions below `xmin` were all finished when it was taken, and of
 * those from `xmin` on the ones in `seen` had been read. A sequence can't serve: ids become visible out
 * of order, and a reader by id would lose rows of a transaction that commits late.
 */
export interface Cursor {
  /** Of the organisation's stay in its database; a move or restore begins another. Empty where it was made. */
  era: string;
  /** 64-bit transaction ids as decimal text. */
  xmin: string;
  seen: string[];
}

/** What a follower is told: which record changed, not what is in it. */
export interface ChangeNote {
  entity: string;
  id: string;
  version: number | null;
  operation: 'insert' | 'update' | 'delete';
}

const eraOf = "coalesce((select a.era::text from organisation_arrivals a where a.org_id = $1), '')";

/** The position after everything that is committed now. */
export async function currentCursor(tx: Tx): Promise<Cursor> {
  const [row] = await tx.query<Cursor>(
    `with snapshot as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
     select ${eraOf} as era, snapshot.xmin::text as xmin,
            coalesce((select array_agg(distinct c.xid::text) from changes c
                       where c.org_id = $1 and c.xid >= snapshot.xmin), '{}') as seen
       from snapshot`,
    [tx.scope.orgId],
  );
  return row ?? { era: '', xmin: '0', seen: [] };
}

export interface Reading {
  changes: ChangeNote[];
  next: Cursor;
  /** The organisation came to another database in between: what changed can't be said, so anything may have. */
  resync: boolean;
}

/**
 * Changes committed after `cursor`, in the order of their ids: each exactly once, however late its
 * transaction commits.
 */
export async function changesSince(tx: Tx, cursor: Cursor): Promise<Reading> {
  // The horizon is taken before the rows: one that commits in between is then read now and remembered in
  // `seen`. The other way round it would lie below the horizon unread.
  const horizon = tx.query<{ xmin: string; era: string }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, ${eraOf} as era`,
    [tx.scope.orgId],
  );
  const asked = tx.query<ChangeNote & { xid: string }>(
    `select entity, entity_id as id, version, operation, xid::text as xid from changes
      where org_id = $1 and xid >= $2::xid8 and not xid = any($3::xid8[])
        and $4 = ${eraOf} order by id`,
    [tx.scope.orgId, cursor.xmin, cursor.seen, cursor.era],
  );
  const [[now], rows] = await Promise.all([horizon, asked]);
  if (now && now.era !== cursor.era) return { changes: [], next: await currentCursor(tx), resync: true };
  const xmin = now?.xmin ?? cursor.xmin;
  const read = new Set([...cursor.seen, ...rows.map(({ xid }) => xid)]);
  const changes = rows.map(({ entity, id, version, operation }) => ({ entity, id, version, operation }));
  const seen = [...read].filter((xid) => BigInt(xid) >= BigInt(xmin));
  return { changes, next: { era: cursor.era, xmin, seen }, resync: false };
}
