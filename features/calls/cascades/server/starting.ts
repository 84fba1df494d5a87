import * as z from 'zod';
import { AppError, invalid } from '#platform/contract/errors.ts';
import { insertRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { cascade as cascadeEntity, type CascadeSettings } from '../cascade-contract.ts';
import { advanceCascade } from './advance.ts';
import { chosenFor, nobodyError, requireNeed, requireOpenServices } from './candidates.ts';
import { isLost } from './lost-engagements.ts';
import { cascadeShape } from './queries.ts';

type Start = z.output<typeof cascadeEntity.create> & { resourceIds?: readonly string[] | undefined };

/**
 * Starts calling for the open seats of a need: writes down who is asked in which order, and asks the first of them.
 *
 * @param secret of the installation, for the links in letters
 * @returns the cascade's id
 * @throws AppError not_found, nothing_open, invalid_input; already_running by constraint
 */
export async function startCascade(
  tx: Tx,
  needId: string,
  { resourceIds, ...settings }: Start,
  secret: string,
): Promise<string> {
  requireSound(settings);
  const need = await requireNeed(tx, needId);
  if (await isLost(tx, need.engagementId))
    throw new AppError('nothing_open', { message: 'It does not take place. Move it to another stage first.' });
  const services = await requireOpenServices(tx, needId);
  const people = await chosenFor(tx, need, services, resourceIds);
  if (people.length === 0) throw nobodyError(need);
  const id = await insertRow(tx, cascadeShape, settings, {
    engagement_id: need.engagementId,
    need_id: needId,
    state: 'running',
    started_by: tx.scope.actor,
    created_at: tx.scope.now,
  });
  await insertCalls(tx, { id, needId, engagementId: need.engagementId }, people, 1);
  await advanceCascade(tx, id, secret);
  return id;
}

/** @throws AppError invalid_input */
export function requireSound({
  reminderMinutes,
  deadlineMinutes,
}: Pick<CascadeSettings, 'reminderMinutes' | 'deadlineMinutes'>): void {
  if (reminderMinutes !== null && reminderMinutes >= deadlineMinutes)
    throw invalid('reminderMinutes', 'The reminder must come after the call: choose less than the time to answer.');
}

/** @param from place of the first of them */
export async function insertCalls(
  tx: Tx,
  { id, needId, engagementId }: { id: string; needId: string; engagementId: string },
  people: readonly { resourceId: string; name: string; grade: string | null }[],
  from: number,
): Promise<void> {
  const placed = people.map((one, index) => ({ ...one, place: from + index }));
  // Ids count up with the clock: made by name, they tell nothing of the order.
  const rows = placed
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ resourceId, grade, place }) => ({ id: uuidv7(), resource: resourceId, grade, place }));
  await tx.query(
    `insert into calls (org_id, id, cascade_id, need_id, engagement_id, resource_id, place, grade, state, created_at)
     select $1, w.id, $2, $3, $4, w.resource, w.place, w.grade, 'planned', $6
       from json_to_recordset($5::json) as w(id uuid, resource uuid, grade text, place int)`,
    [tx.scope.orgId, id, needId, engagementId, JSON.stringify(rows), tx.scope.now],
  );
}
