import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { requireMember } from '#features/organisations/server/accounts.ts';
import type { followUps } from '../contract.ts';
import { followUpShape } from './queries.ts';

type Routes = (typeof followUps)['routes'];

/** @returns the id */
export async function planFollowUp(
  tx: Tx,
  control: Databases['control'],
  input: RouteInput<Routes['create']>['body'],
): Promise<string> {
  await requireMember(tx, control, input.userId, 'userId');
  return insertRow(tx, followUpShape, input);
}

/** @throws AppError version_conflict, invalid_input, not_found */
export async function changeFollowUp(
  tx: Tx,
  control: Databases['control'],
  id: string,
  { version, ...changes }: RouteInput<Routes['change']>['body'],
): Promise<void> {
  await requireMember(tx, control, changes.userId, 'userId');
  await patchRow(tx, followUpShape, id, version, changes);
}

/** A tick that is there stays whose it is. @throws AppError not_found */
export async function setFollowUpDone(tx: Tx, id: string, done: boolean): Promise<void> {
  const { orgId, actor, now } = tx.scope;
  const [found] = await tx.query('select from follow_ups where org_id = $1 and id = $2', [orgId, id]);
  if (!found) throw notFound('This follow-up');
  await tx.query(
    `update follow_ups set done_at = $4, done_by = $5, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and (done_at is not null) <> $3`,
    [orgId, id, done, done ? now : null, done ? actor : null],
  );
}

export async function removeFollowUp(tx: Tx, id: string): Promise<void> {
  const [gone] = await tx.query('delete from follow_ups where org_id = $1 and id = $2 returning id', [
    tx.scope.orgId,
    id,
  ]);
  if (!gone) throw notFound('This follow-up');
}
