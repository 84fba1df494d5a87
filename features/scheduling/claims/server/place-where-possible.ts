import pg from 'pg';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';

/** A claim of an import: many engagements at once, none with a rank. */
export interface WantedClaim {
  id: string;
  engagementId: string;
  resourceId: string;
  startsAt: string;
  endsAt: string;
  status: 'pencil' | 'commit';
}

/** Rows from `wanted`; on one resource the earlier comes first, whoever comes first stands. */
const insertWanted = (condition: string) => `
  insert into claims (org_id, id, resource_id, engagement_id, group_id, status, starts_at, ends_at, zone, exclusive, placed_by)
  select $1, a.id, a."resourceId", a."engagementId", a."groupId", a.status, a."startsAt", a."endsAt", p.zone, p.exclusive, $3
    from json_to_recordset($2::json) as a(
           id uuid, "engagementId" uuid, "groupId" uuid, "resourceId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, status text, n int)
    join resources p on p.org_id = $1 and p.id = a."resourceId" and p.archived_at is null
   where ${condition}
   order by a."resourceId", a."startsAt", a.n
  on conflict on constraint claims_commit_no_overlap do nothing
  returning id`;

/**
 * Places each claim that nothing stands in the way of, and leaves the others: for imports, where the people
 * and places of one concert shouldn't be lost because of one who is taken. All else places all or none.
 *
 * @param wanted in the order in which they come first; of one engagement together
 * @returns the ids of those placed
 */
export async function placeWherePossible(tx: Tx, wanted: readonly WantedClaim[]): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const groups = new Map(wanted.map(({ engagementId }) => [engagementId, uuidv7()]));
  const rows = wanted.map((claim, n) => ({ ...claim, groupId: groups.get(claim.engagementId), n }));
  const values = [tx.scope.orgId, JSON.stringify(rows), tx.scope.actor];
  const placed = tx.query<{ id: string }>(insertWanted("p.exclusive or a.status <> 'commit'"), values);
  const pooled = tx.query<{ id: string }>(
    'select id from resources where org_id = $1 and not exclusive and id = any($2::uuid[])',
    [tx.scope.orgId, [...new Set(wanted.map(({ resourceId }) => resourceId))]],
  );
  const ids = new Set((await placed).map(({ id }) => id));
  const shared = new Set((await pooled).map(({ id }) => id));
  for (const row of rows.filter(({ resourceId, status }) => status === 'commit' && shared.has(resourceId))) {
    if (await fitsInto(tx, row)) ids.add(row.id);
  }
  return ids;
}

/** One commitment of a pooled resource: its capacity is a trigger's business, which raises. */
async function fitsInto(tx: Tx, row: object): Promise<boolean> {
  await tx.query('savepoint one_claim');
  try {
    const made = await tx.query(insertWanted('true'), [tx.scope.orgId, JSON.stringify([row]), tx.scope.actor]);
    await tx.query('release savepoint one_claim');
    return made.length > 0;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.constraint !== 'claims_within_capacity') throw error;
    await tx.query('rollback to savepoint one_claim');
    return false;
  }
}

/**
 * Which resources each engagement has claimed, now or once: `engagementId resourceId`. What somebody
 * released on purpose isn't claimed again by a repeated import.
 */
export async function everClaimed(tx: Tx, engagementIds: readonly string[]): Promise<Set<string>> {
  if (engagementIds.length === 0) return new Set();
  const rows = await tx.query<{ pair: string }>(
    `select engagement_id || ' ' || resource_id as pair from claims where org_id = $1 and engagement_id = any($2::uuid[])
     union
     select engagement_id || ' ' || (after ->> 'resource_id') from changes
      where org_id = $1 and engagement_id = any($2::uuid[]) and entity = 'claims' and operation = 'insert'`,
    [tx.scope.orgId, engagementIds],
  );
  return new Set(rows.map(({ pair }) => pair));
}
