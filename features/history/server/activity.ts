import { actorNames } from '#features/identity/server/actor-names.ts';
import type { RouteInput, RouteOutput } from '#platform/contract/contract.ts';
import { fieldOf, restrictedColumns } from '#platform/contract/entity.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { decodeCursor, encodeCursor } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { partOf, tablesFor, toldFields } from '../activity-rules.ts';
import type { Change, history } from '../contract.ts';
import { dossierLabels } from './labels.ts';
import { conditionsOf, present, readChanges, type Conditions, type Reader } from './queries.ts';

type Route = (typeof history)['routes']['activity'];
type Wanted = RouteInput<Route>['query'];
type Activity = RouteOutput<Route>;

/**
 * What happened in one dossier or in all of them, newest first: of tables that the reader may see, and of those only what
 * `activityParts` tells.
 * @throws AppError not_found
 */
export async function listActivity(
  tx: Tx,
  control: Databases['control'],
  reader: Reader,
  { engagementId, part, actor, limit, after }: Wanted,
): Promise<Activity> {
  const tables = tablesFor((permission) => reader.can(permission), part);
  const wanted = told(conditionsOf(tx, { engagementId, actor }), tables);
  const byAnybody = told(conditionsOf(tx, { engagementId }), tables);
  const cursor = decodeCursor(after, 2);
  const [found, rows, actors] = await Promise.all([
    engagementId
      ? tx.query('select from engagements where org_id = $1 and id = $2', [tx.scope.orgId, engagementId])
      : [null],
    readChanges(tx, wanted, limit + 1, cursor && [String(cursor[0]), Number(cursor[1])]),
    cursor ? [] : listActorsOf(tx, byAnybody),
  ]);
  if (found.length === 0) throw notFound('This engagement');
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const engagementOf = await engagementsOf(tx, shown);
  const seen = shown.map((row) => withoutHidden(reader, row));
  const [changes, names, actorsByName] = await Promise.all([
    present(tx, control, reader, shown),
    dossierLabels(tx, seen, [...engagementOf.values()]),
    actorNames(control, tx.scope.orgId, actors),
  ]);
  for (const row of seen) {
    const label = ownLabel(row);
    if (label && !names.has(row.entityId)) names.set(row.entityId, label);
  }
  return {
    items: changes.map((change) => toldOf(change, engagementOf, names)),
    names: Object.fromEntries(names),
    actors: actors
      .map((one) => ({ actor: one, name: actorsByName.get(one) ?? one }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    next: rows.length > limit && last ? encodeCursor([last.atExact, last.id]) : null,
  };
}

/** Narrowed to tables whose names are ours: written out for the planner, as other filters are. */
function told({ where, values }: Conditions, tables: readonly string[]): Conditions {
  const named = ['', ...tables].map((table) => `'${table}'`).join(', ');
  return { where: [...where, `r.entity in (${named})`, "r.operation in ('insert', 'update', 'delete')"], values };
}

function toldOf(
  { id, entity, entityId, operation, at, reason, actor, actorName, realActorName, before, after, undoable }: Change,
  engagementOf: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): Activity['items'][number] {
  const engagementId = engagementOf.get(entityId) ?? null;
  return {
    id,
    part: partOf(entity),
    entity,
    entityId,
    operation: operation === 'insert' || operation === 'delete' ? operation : 'update',
    label: names.get(entityId) ?? null,
    before: toldFields(entity, before, fieldOf),
    after: toldFields(entity, after, fieldOf),
    engagementId,
    engagementTitle: engagementId ? (names.get(engagementId) ?? null) : null,
    actor,
    actorName,
    realActorName,
    reason,
    undoable,
    at,
  };
}

type Row = {
  entity: string;
  entityId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** What a record that is gone was called, as far as the change itself knows. */
function ownLabel({ before, after }: Row): string | null {
  const row = { ...before, ...after };
  const name = row['title'] ?? row['name'];
  if (typeof name === 'string') return name;
  return [row['carrier'], row['number']].filter((part) => typeof part === 'string' && part !== '').join(' ') || null;
}

/** No name may come of a column that this reader may not see. */
function withoutHidden<R extends Row>(reader: Reader, row: R): R {
  const restrictions = restrictedColumns(row.entity);
  const seen = (columns: Row['before']) =>
    columns &&
    Object.fromEntries(
      Object.entries(columns).filter(([column]) => {
        const permission = restrictions.get(column);
        return permission === undefined || reader.can(permission);
      }),
    );
  return { ...row, before: seen(row.before), after: seen(row.after) };
}

/** Who is in the newest of it, for the choice of a person. */
async function listActorsOf(tx: Tx, { where, values }: Conditions): Promise<string[]> {
  const rows = await tx.query<{ actor: string }>(
    `select distinct actor from (select r.actor from changes r where ${where.join(' and ')}
       order by r.at desc, r.id desc limit 1000) newest`,
    values,
  );
  return rows.map(({ actor }) => actor);
}

/** A change tells its engagement when the record is made or goes; others of the record are looked up by it. */
async function engagementsOf(tx: Tx, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(({ entityId }) => entityId))];
  const found = await tx.query<{ id: string; engagementId: string }>(
    `select distinct on (c.entity_id) c.entity_id as id, c.engagement_id as "engagementId" from changes c
      where c.org_id = $1 and c.entity_id = any($2::uuid[]) and c.engagement_id is not null
      order by c.entity_id, c.id desc`,
    [tx.scope.orgId, ids],
  );
  const own = rows.flatMap(({ entity, entityId }) =>
    entity === 'engagements' || entity === 'guest_lists' ? [[entityId, entityId] as const] : [],
  );
  return new Map([...own, ...found.map(({ id, engagementId }) => [id, engagementId] as const)]);
}
