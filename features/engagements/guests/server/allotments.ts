import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { guests } from '../contract.ts';
import { allotmentShape, getList } from './queries.ts';

type Routes = (typeof guests)['routes'];

/** @throws AppError not_found */
export async function requireEngagement(tx: Tx, id: string): Promise<void> {
  const [found] = await tx.query('select id from engagements where org_id = $1 and id = $2 for key share', [
    tx.scope.orgId,
    id,
  ]);
  if (!found) throw notFound('This engagement');
}

/** @throws AppError version_conflict when somebody else changed it meanwhile */
export async function setList(
  tx: Tx,
  engagementId: string,
  { version, closesAt, pickup, tellGuests }: RouteInput<Routes['setList']>['body'],
): Promise<void> {
  await requireEngagement(tx, engagementId);
  const values = [tx.scope.orgId, engagementId, closesAt, pickup, tellGuests];
  const changed =
    version === 0
      ? await tx.query(
          `insert into guest_lists (org_id, id, closes_at, pickup, tell_guests) values ($1, $2, $3, $4, $5)
           on conflict (org_id, id) do nothing returning id`,
          values,
        )
      : await tx.query(
          `update guest_lists set closes_at = $3, pickup = $4, tell_guests = $5, version = version + 1, updated_at = now()
            where org_id = $1 and id = $2 and version = $6 returning id`,
          [...values, version],
        );
  if (changed.length > 0) return;
  const now = await getList(tx, engagementId);
  if (version > now.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else changed this in the meantime. Look at it again.',
    extra: { version: now.version },
  });
}

/** @returns the id */
export async function addAllotment(
  tx: Tx,
  engagementId: string,
  input: RouteInput<Routes['addAllotment']>['body'],
): Promise<string> {
  await requireEngagement(tx, engagementId);
  await requirePerson(tx, input.personId);
  return insertRow(tx, allotmentShape, input, { engagement_id: engagementId });
}

/** @throws AppError allotment_full when more places are given than would be left */
export async function changeAllotment(
  tx: Tx,
  id: string,
  { version, ...changes }: RouteInput<Routes['changeAllotment']>['body'],
): Promise<void> {
  await requirePerson(tx, changes.personId);
  await patchRow(tx, allotmentShape, id, version, changes);
}

async function requirePerson(tx: Tx, id: string | null | undefined): Promise<void> {
  if (!id) return;
  const [person] = await tx.query<{ kind: string }>('select kind from resources where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
  ]);
  if (person?.kind !== 'person') throw invalid('personId', 'There is no person with this id.');
}

/** @throws AppError in_use while it has guests */
export async function removeAllotment(tx: Tx, id: string): Promise<void> {
  const key = [tx.scope.orgId, id];
  // Against a guest who is being added: that waits for this lock.
  const [found] = await tx.query('select id from guest_allotments where org_id = $1 and id = $2 for update', key);
  if (!found) throw notFound('This allotment');
  const [held] = await tx.query<{ count: number }>(
    'select count(*)::int as count from guests where org_id = $1 and allotment_id = $2',
    key,
  );
  if (held && held.count > 0) {
    throw new AppError('in_use', {
      message: `It has ${held.count} ${held.count === 1 ? 'guest' : 'guests'}. Move them to another allotment, or take them off the list.`,
    });
  }
  await tx.query('delete from guest_allotments where org_id = $1 and id = $2', key);
}
