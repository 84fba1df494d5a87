import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { AppError } from '#platform/contract/errors.ts';
import { writeTrail } from '#platform/db/trail.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { csvLine } from '#platform/text/csv.ts';
import { exportedAtMost, type ChangeFilter } from '../contract.ts';
import { conditionsOf, countChanges, present, readChanges, type Reader } from './queries.ts';

/** Changes read at once. */
const step = 1_000;

const headings = [
  'Time',
  'Who',
  'Actor',
  'On behalf of',
  'What',
  'Record',
  'Record id',
  'Before',
  'After',
  'Hidden fields',
  'Reason',
  'Session',
  'Address',
  'Request',
  'Change',
];

/**
 * The trail as CSV, newest first. Reading so much at once is itself told in the trail.
 * @throws AppError too_many, before anything is read: half a trail would look like a whole one
 */
export async function exportChanges(
  tx: Tx,
  control: Databases['control'],
  reader: Reader,
  filter: ChangeFilter,
): Promise<string> {
  const wanted = conditionsOf(tx, filter);
  const total = await countChanges(tx, wanted, exportedAtMost + 1);
  if (total > exportedAtMost) {
    throw new AppError('too_many', {
      message: `These are more than ${exportedAtMost.toLocaleString('en')} changes. Choose a shorter time, and export the rest after it.`,
    });
  }
  await recordExport(tx, filter, total);
  const lines = [csvLine(headings)];
  let before: readonly [string, number] | undefined;
  for (;;) {
    const rows = await readChanges(tx, wanted, step, before);
    for (const change of await present(tx, control, reader, rows)) {
      lines.push(
        csvLine([
          change.at,
          change.realActorName ?? change.actorName,
          change.realActor ?? change.actor,
          change.realActor && change.actorName,
          change.operation,
          change.entity,
          change.entityId,
          change.before,
          change.after,
          change.hidden.join(' '),
          change.reason,
          change.session,
          change.address,
          change.requestId,
          change.id,
        ]),
      );
    }
    const last = rows.at(-1);
    if (!last || rows.length < step) return lines.join('');
    before = [last.atExact, last.id];
  }
}

/** In the export's own transaction: none leaves unrecorded. */
async function recordExport(tx: Tx, filter: ChangeFilter, total: number): Promise<void> {
  const after = { ...filter, export: 'history', changes: total };
  await writeTrail(tx, { entity: 'access', entityId: uuidv7(), operation: 'looked', after });
}
