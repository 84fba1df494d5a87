import type { RouteInput } from '#platform/contract/contract.ts';
import type { Databases } from '#platform/db/databases.ts';
import { decodeCursor, encodeCursor } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Change, history } from '../contract.ts';
import { shownFields } from '../rules.ts';
import { actorNames } from './actors.ts';

type Query = RouteInput<(typeof history)['routes']['list']>['query'];
type Recorded = Omit<Change, 'actorName'>;

/** The recorded tables, from the catalogue: an index leads with the table, and a new one joins by itself. */
const recordedTables = `array(select c.relname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where t.tgname = 'record_change')`;

/** What changed, newest first. @returns one page with the names of those who changed it */
export async function listChanges(
  tx: Tx,
  control: Databases['control'],
  { entityId, engagementId, limit, after }: Query,
): Promise<{ items: Change[]; total: number; next: string | null }> {
  const where = ['r.org_id = $1'];
  const values: unknown[] = [tx.scope.orgId];
  if (entityId) where.push(`r.entity = any(${recordedTables}) and r.entity_id = $${values.push(entityId)}`);
  if (engagementId) where.push(ofEngagement(`$${values.push(engagementId)}`));
  const cursor = decodeCursor(after, 2);
  const counted = cursor ? undefined : countChanges(tx, where, values);
  const rows = await readChanges(tx, where, values, limit + 1, cursor?.[0]);
  const total = cursor ? Number(cursor[1]) : ((await counted) ?? 0);
  const shown = rows.slice(0, limit);
  const names = await actorNames(
    control,
    tx.scope.orgId,
    shown.map(({ actor }) => actor),
  );
  const items = shown.map((row) => ({
    ...row,
    before: shownFields(row.before),
    after: shownFields(row.after),
    actorName: names.get(row.actor) ?? row.actor,
  }));
  const last = shown.at(-1);
  return { items, total, next: rows.length > limit && last ? encodeCursor([last.id, total]) : null };
}

/** Its own row, every row that ever named it (claims, released ones too; contacts; decisions), and challenges of those claims. */
function ofEngagement(mark: string): string {
  return `(r.entity, r.entity_id) in (
    with own as (select distinct c.entity, c.entity_id from changes c where c.org_id = $1 and c.engagement_id = ${mark})
    select 'engagements', ${mark}::uuid
    union select entity, entity_id from own
    union select c.entity, c.entity_id from changes c
           where c.org_id = $1 and c.entity = 'challenges' and c.operation = 'insert'
             and (c.after ->> 'claim_id')::uuid in (select entity_id from own where entity = 'claims'))`;
}

async function countChanges(tx: Tx, where: readonly string[], values: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<{ total: number }>(
    `select count(*)::int as total from changes r where ${where.join(' and ')}`,
    values,
  );
  return row?.total ?? 0;
}

function readChanges(
  tx: Tx,
  where: readonly string[],
  values: readonly unknown[],
  limit: number,
  before: string | number | undefined,
): Promise<Recorded[]> {
  const given = [...values, limit];
  const below = before === undefined ? '' : `and r.id < $${given.push(before)}`;
  return tx.query<Recorded>(
    `select r.id, r.entity, r.entity_id as "entityId", r.version, r.operation, r.before, r.after, r.actor, r.reason,
            r.request_id as "requestId", r.at
       from changes r where ${where.join(' and ')} ${below} order by r.id desc limit $${values.length + 1}`,
    given,
  );
}
