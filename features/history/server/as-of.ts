import * as z from 'zod';
import { fieldOf } from '#platform/contract/entity.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { engagementThen, type EngagementThen } from '../contract.ts';
import { asInstant, stateAt, type RowThen, type Step } from '../rules.ts';

interface RecordedStep extends Step {
  entity: string;
  entityId: string;
}

/**
 * An engagement with its claims, contacts and notes as they were, from the record alone: deleted ones are as good as
 * others, and the names of people, places and series are those of that time.
 * @throws AppError not_found: there never was one, or not at that instant
 */
export async function engagementAsOf(tx: Tx, id: string, at: string): Promise<EngagementThen> {
  const own = await stepsOf(tx, `c.entity = 'engagements' and c.entity_id = $2`, id);
  if (own.length === 0) throw notFound('This engagement');
  const engagement = statesAt(own, at).get(id);
  if (!engagement) throw new AppError('not_found', { message: 'At that time there was no such engagement.' });
  const parts = await stepsOf(
    tx,
    `c.entity in ('claims', 'engagement_parties', 'notes') and c.entity_id in (
       select m.entity_id from changes m
        where m.org_id = $1 and m.engagement_id = $2 and m.entity in ('claims', 'engagement_parties', 'notes'))`,
    id,
  );
  const kept = (entity: string) =>
    [
      ...statesAt(
        parts.filter((step) => step.entity === entity),
        at,
      ).values(),
    ].filter((row) => row['engagement_id'] === id);
  const [claims, parties, notes] = [kept('claims'), kept('engagement_parties'), kept('notes')];
  const nameOf = await namesAt(
    tx,
    [
      engagement['place_id'],
      engagement['series_id'],
      ...claims.map((row) => row['resource_id']),
      ...parties.map((row) => row['party_id']),
    ],
    at,
  );
  return shaped(at, {
    engagement: {
      ...engagement,
      series_name: nameOf(engagement['series_id']),
      place_name: nameOf(engagement['place_id']),
    },
    claims: claims.map((row) => ({ ...row, resource_name: nameOf(row['resource_id']) })).toSorted(byStart),
    parties: parties.map((row) => ({ ...row, name: nameOf(row['party_id']) })).toSorted(byRole),
    notes: notes.filter((row) => row['removed_at'] === null).toSorted(bySort),
  });
}

export function stepsOf(tx: Tx, condition: string, value: unknown): Promise<RecordedStep[]> {
  return tx.query<RecordedStep>(
    `select c.entity, c.entity_id as "entityId", c.operation, c.before, c.after, c.at
       from changes c where c.org_id = $1 and ${condition} order by c.id`,
    [tx.scope.orgId, value],
  );
}

/** Of each record that was there at the instant, its columns. */
export function statesAt(steps: readonly RecordedStep[], at: string): Map<string, RowThen> {
  const byRecord = Map.groupBy(steps, ({ entityId }) => entityId);
  const states = [...byRecord].map(([entityId, own]) => [entityId, stateAt(own, at)] as const);
  return new Map(states.flatMap(([entityId, state]) => (state ? [[entityId, state]] : [])));
}

/** What resources, contacts, series and songs were called then. */
export async function namesAt(tx: Tx, ids: readonly unknown[], at: string): Promise<(id: unknown) => string | null> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  const steps = await stepsOf(
    tx,
    `c.entity in ('resources', 'parties', 'series', 'songs') and c.entity_id = any($2::uuid[])
     and (c.operation <> 'update' or c.after ?| array['name', 'title'])`,
    wanted,
  );
  const states = statesAt(steps, at);
  return (id) => {
    const row = states.get(String(id));
    const name = row?.['name'] ?? row?.['title'];
    return typeof name === 'string' ? name : null;
  };
}

function byStart(a: RowThen, b: RowThen): number {
  return (
    Date.parse(String(a['starts_at'])) - Date.parse(String(b['starts_at'])) ||
    (String(a['id']) < String(b['id']) ? -1 : 1)
  );
}

function bySort(a: RowThen, b: RowThen): number {
  const [one, other] = [a, b].map((row) => `${String(row['sort'])} ${String(row['id'])}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

function byRole(a: RowThen, b: RowThen): number {
  return String(a['role']).localeCompare(String(b['role'])) || (String(a['id']) < String(b['id']) ? -1 : 1);
}

/** Columns become fields, and the schema keeps those that it lists. */
function shaped(
  at: string,
  { engagement, ...lists }: { engagement: RowThen; claims: RowThen[]; parties: RowThen[]; notes: RowThen[] },
): EngagementThen {
  const fields = (row: RowThen) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [fieldOf(column), asInstant(value)]));
  return z.parse(engagementThen, {
    at,
    engagement: fields(engagement),
    claims: lists.claims.map(fields),
    parties: lists.parties.map(fields),
    notes: lists.notes.map(fields),
  });
}
