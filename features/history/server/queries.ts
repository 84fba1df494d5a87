import { actorNames } from '#features/identity/server/actor-names.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { restrictedColumns } from '#platform/contract/entity.ts';
import type { Databases } from '#platform/db/databases.ts';
import { decodeCursor, encodeCursor } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import { countedAtMost, type Change, type ChangeFilter, type history } from '../contract.ts';
import { shownSides } from '../rules.ts';
import { undoPermission } from '../undo-rules.ts';
import { labelOf, recordLabels } from './labels.ts';

type Query = RouteInput<(typeof history)['routes']['list']>['query'];
type Named = 'actorName' | 'realActorName' | 'hidden' | 'undoable' | 'label';
type Recorded = Omit<Change, Named> & { atExact: string };

/** Who reads decides which fields. */
export type Reader = Pick<Caller, 'can'>;

/** Conditions over the alias `r` with their values; the first value is the organisation's. */
export interface Conditions {
  where: string[];
  values: unknown[];
}

/** What changed, newest first. @returns one page with the names of those who changed it */
export async function listChanges(
  tx: Tx,
  control: Databases['control'],
  reader: Reader,
  { limit, after, ...filter }: Query,
): Promise<{ items: Change[]; total: number; next: string | null }> {
  const wanted = conditionsOf(tx, filter);
  const cursor = decodeCursor(after, 3);
  const counted = cursor ? undefined : countChanges(tx, wanted, countedAtMost);
  const rows = await readChanges(tx, wanted, limit + 1, cursor && [String(cursor[0]), Number(cursor[1])]);
  const total = cursor ? Number(cursor[2]) : ((await counted) ?? 0);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await present(tx, control, reader, shown),
    total,
    next: rows.length > limit && last ? encodeCursor([last.atExact, last.id, total]) : null,
  };
}

/**
 * The filter as SQL. Entity and operation are written into it (the contract lets through nothing but names), so
 * that the planner sees which of the partial indices serves.
 */
export function conditionsOf(tx: Tx, filter: ChangeFilter): Conditions {
  const values: unknown[] = [tx.scope.orgId];
  const where = ['r.org_id = $1'];
  const add = (value: unknown, condition: (mark: string) => string) => {
    if (value !== undefined) where.push(condition(`$${values.push(value)}`));
  };
  add(filter.entityId, (mark) => `r.entity_id = ${mark}`);
  add(filter.engagementId, ofEngagement);
  add(filter.actor, (mark) => `r.actor = ${mark}`);
  add(filter.session, (mark) => `r.session = ${mark}`);
  add(filter.requestId, (mark) => `r.request_id = ${mark}`);
  add(filter.from, (mark) => `r.at >= ${mark}::timestamptz`);
  add(filter.to, (mark) => `r.at < ${mark}::timestamptz`);
  if (filter.entity) where.push(`r.entity = '${filter.entity}'`);
  if (filter.operation) where.push(`r.operation = '${filter.operation}'`);
  return { where, values };
}

/**
 * Its own row, every row that ever named it (claims, released ones too; contacts; decisions), and challenges of those
 * claims. Without seats and what is asked of people service by service: hundreds of rows that others tell better.
 */
function ofEngagement(mark: string): string {
  return `(r.entity, r.entity_id) in (
    with own as (select distinct c.entity, c.entity_id from changes c where c.org_id = $1 and c.engagement_id = ${mark}
                    and c.entity not in ('seats', 'call_services'))
    select 'engagements', ${mark}::uuid
    union select 'guest_lists', ${mark}::uuid
    union select entity, entity_id from own
    union select c.entity, c.entity_id from changes c
           where c.org_id = $1 and c.entity = 'challenges' and c.operation = 'insert'
             and (c.after ->> 'claim_id')::uuid in (select entity_id from own where entity = 'claims'))`;
}

/** Counts no further than `most`: nobody reads more exact figures, and a million would take a second. */
export async function countChanges(tx: Tx, { where, values }: Conditions, most: number): Promise<number> {
  const [row] = await tx.query<{ total: number }>(
    `select count(*)::int as total from (select from changes r where ${where.join(' and ')} limit ${most}) counted`,
    values,
  );
  return row?.total ?? 0;
}

/** By time, then by id: what was relayed from elsewhere stands where it happened. The limit is part of the text, for the planner. */
export function readChanges(
  tx: Tx,
  { where, values }: Conditions,
  limit: number,
  before?: readonly [at: string, id: number],
): Promise<Recorded[]> {
  const given = [...values, ...(before ?? [])];
  const below = before ? `and (r.at, r.id) < ($${given.length - 1}::timestamptz, $${given.length}::bigint)` : '';
  return tx.query<Recorded>(
    `select r.id, r.entity, r.entity_id as "entityId", r.version, r.operation, r.before, r.after, r.actor,
            r.real_actor as "realActor", r.session, r.address, r.reason, r.request_id as "requestId", r.at,
            r.at::text as "atExact"
       from changes r where ${where.join(' and ')} ${below} order by r.at desc, r.id desc limit ${limit}`,
    given,
  );
}

/** With names, and without what this reader may not see. */
export async function present(
  tx: Tx,
  control: Databases['control'],
  reader: Reader,
  rows: readonly Recorded[],
): Promise<Change[]> {
  const told = rows.map((row) => toldTo(reader, row));
  const labels = recordLabels(tx, told);
  const names = await actorNames(control, tx.scope.orgId, rows.flatMap(accountsOf));
  const labelled = await labels;
  return rows.map(({ atExact: _, ...row }, index) => {
    return {
      ...row,
      ...shownSides(row.before, row.after, maySee(reader, row)),
      label: row.entity in accounts ? (names.get(accountOf(row)) ?? null) : labelOf(told[index] ?? row, labelled),
      actorName: names.get(row.actor) ?? row.actor,
      realActorName: row.realActor && (names.get(row.realActor) ?? row.realActor),
      undoable: undoPermission(row.entity) !== undefined,
    };
  });
}

const maySee = (reader: Reader, { entity }: Pick<Recorded, 'entity'>) => {
  const restrictions = restrictedColumns(entity);
  return (column: string) => {
    const permission = restrictions.get(column);
    return permission === undefined || reader.can(permission);
  };
};

/** A change without the columns that are hidden from the reader: no label may name what they refer to. */
function toldTo(reader: Reader, row: Recorded): Recorded {
  const may = maySee(reader, row);
  const seen = (columns: Recorded['before']) =>
    columns && Object.fromEntries(Object.entries(columns).filter(([column]) => may(column)));
  return { ...row, before: seen(row.before), after: seen(row.after) };
}

/** Records of the control database that are somebody or a key; they have the names that actors have. */
const accounts: Readonly<Record<string, string>> = { memberships: 'user', api_keys: 'api_key' };

const accountOf = ({ entity, entityId }: Pick<Recorded, 'entity' | 'entityId'>) => `${accounts[entity]}:${entityId}`;

function accountsOf(row: Recorded): string[] {
  return [row.actor, ...(row.realActor ? [row.realActor] : []), ...(row.entity in accounts ? [accountOf(row)] : [])];
}

/** Everybody in the record, each found by one step in the index: reading all rows for it would take seconds. */
export async function listActors(
  tx: Tx,
  control: Databases['control'],
): Promise<{ items: { actor: string; name: string }[] }> {
  const rows = await tx.query<{ actor: string }>(
    `with recursive found as (
       (select actor from changes where org_id = $1 order by actor limit 1)
       union all
       select (select c.actor from changes c where c.org_id = $1 and c.actor > f.actor order by c.actor limit 1)
         from found f where f.actor is not null)
     select actor from found where actor is not null limit 1000`,
    [tx.scope.orgId],
  );
  const actors = rows.map(({ actor }) => actor);
  const names = await actorNames(control, tx.scope.orgId, actors);
  const items = actors.map((actor) => ({ actor, name: names.get(actor) ?? actor }));
  return { items: items.toSorted((a, b) => a.name.localeCompare(b.name)) };
}
