import { actorNames } from '#features/identity/server/actor-names.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { fieldOf } from '#platform/contract/entity.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import { lockClaims } from '#features/scheduling/claims/server/queue.ts';
import { undoPermission } from '../undo-rules.ts';
import { undoClaim } from './undo-claims.ts';
import { undoDetail } from './undo-details.ts';
import { undoEngagement } from './undo-engagements.ts';
import type { Entry, Undo } from './undo-entry.ts';
import { undoRow } from './undo-rows.ts';
import { undoScheduleItem } from './undo-schedule.ts';

/** Columns that no person sets: the queue, the database and other columns of the same command do. */
const derived = new Set(['version', 'updated_at', 'created_at', 'exclusive', 'confirmed_at']);

/**
 * Takes one change of a dossier back: of engagements, their details, claims and the schedule by the commands that anybody uses, so that
 * their permissions, their queue and their conflicts apply; plain rows by their permissions and the database's
 * constraints. What somebody changed since isn't overwritten.
 *
 * @returns the sentence for the person who asked
 * @throws AppError changed_since naming who and when, not_undoable, forbidden, and whatever the command throws
 */
export async function undoChange(
  tx: Tx,
  control: Databases['control'],
  caller: Caller,
  changeId: number,
): Promise<string> {
  const entry = await findEntry(tx, changeId);
  if (undoPermission(entry.entity) === undefined) {
    throw new AppError('not_undoable', { message: 'A change of this kind can’t be undone. Change it by hand.' });
  }
  await lock(tx, entry);
  await requireUnchangedSince(tx, control, caller, entry);
  const names = await actorNames(control, tx.scope.orgId, [entry.actor]);
  const reason = `Undo of change ${entry.id}, by ${names.get(entry.actor) ?? entry.actor}`;
  await tx.query("select set_config('app.reason', $1, true)", [reason]);
  const undo: Undo = { tx, caller, entry, reason };
  switch (entry.entity) {
    case 'engagements':
      return undoEngagement(undo);
    case 'claims':
      return undoClaim(undo);
    case 'schedule_items':
      return undoScheduleItem(undo);
    case 'engagement_details':
      return undoDetail(undo);
    default:
      return undoRow(undo);
  }
}

async function findEntry(tx: Tx, id: number): Promise<Entry> {
  const [entry] = await tx.query<Entry>(
    `select id, entity, entity_id as "entityId", operation, before, after, actor, at from changes
      where org_id = $1 and id = $2`,
    [tx.scope.orgId, id],
  );
  if (!entry) throw notFound('This change');
  return entry;
}

/** From here on nobody else changes the record; the commands take the same locks in the same order. */
async function lock(tx: Tx, { entity, entityId, before, after }: Entry): Promise<void> {
  if (entity !== 'claims') {
    await tx.query(`select from ${entity} where org_id = $1 and id = $2 for update`, [tx.scope.orgId, entityId]);
    return;
  }
  const resources = [before?.['resource_id'], after?.['resource_id']].filter((id) => typeof id === 'string');
  await lockClaims(tx, [entityId], resources);
}

interface Later {
  operation: string;
  entity: string;
  columns: string[];
  actor: string;
  at: string;
}

/** @throws AppError changed_since */
async function requireUnchangedSince(
  tx: Tx,
  control: Databases['control'],
  caller: Caller,
  entry: Entry,
): Promise<void> {
  const later = await tx.query<Later>(
    `select operation, entity, actor, at,
            array(select jsonb_object_keys(case when operation = 'update' then after else '{}' end)) as columns
       from changes where org_id = $1 and id > $3
        and (entity = $4 and entity_id = $2 or $5 and engagement_id = $2 and entity <> 'claims')
      order by id desc`,
    [
      tx.scope.orgId,
      entry.entityId,
      entry.id,
      entry.entity,
      entry.entity === 'engagements' && entry.operation === 'insert',
    ],
  );
  const mine = touchedBy(entry);
  for (const change of later) {
    const shared = change.columns.filter((column) => mine.has(column));
    const stands = entry.operation === 'insert' && change.columns.some((column) => counts(column, entry));
    if (change.operation === 'update' && shared.length === 0 && !stands) continue;
    const names = await actorNames(control, tx.scope.orgId, [change.actor]);
    const who = names.get(change.actor) ?? change.actor;
    const when = spanText({ startsAt: change.at, endsAt: change.at }, caller.organisation.zone).replace(/–\S+/, '');
    throw new AppError('changed_since', {
      message: `${happened(change, shared, entry)} by ${who} on ${when}. Undo that first, or change it by hand.`,
      extra: { by: who, at: change.at },
    });
  }
}

function touchedBy({ before, after, operation }: Entry): Set<string> {
  if (operation !== 'update') return new Set();
  const columns = Object.keys({ ...before, ...after }).filter((column) => !derived.has(column));
  // A hold's rank follows its queue; it matters where nothing else was changed.
  return new Set(columns.length > 1 ? columns.filter((column) => column !== 'rank' && column !== 'zone') : columns);
}

/** Whether a later edit of this column is an edit of what was made, and no mere move of its queue. */
function counts(column: string, { entity }: Entry): boolean {
  return !derived.has(column) && !(entity === 'claims' && column === 'rank');
}

function happened({ operation, entity }: Later, shared: readonly string[], entry: Entry): string {
  if (entity !== entry.entity) return 'Something was added to it';
  if (operation === 'delete') return entry.entity === 'claims' ? 'It was released' : 'It was deleted';
  if (operation === 'insert') return entry.entity === 'claims' ? 'It was placed again' : 'It was made again';
  const fields = shared.map((column) => fieldOf(column).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
  if (fields.length === 0) return 'It was changed';
  return `Since then ${fields.join(' and ')} ${fields.length === 1 ? 'was' : 'were'} changed`;
}
