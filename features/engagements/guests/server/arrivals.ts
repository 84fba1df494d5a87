import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { DoorGuest } from '../contract.ts';
import { listName } from '../rules.ts';
import { getDoorGuest } from './queries.ts';

/**
 * Says how many of a party are in, if it still stands as this door saw it: of two doors that count the same people at
 * once, the second is told, so nobody comes in twice on one name.
 *
 * @param own only when this account takes part in the engagement
 * @throws AppError already_arrived with how many are in, not_found, invalid_input
 */
export async function arrive(
  tx: Tx,
  id: string,
  { seen, arrived }: { seen: number; arrived: number },
  own: string | undefined,
): Promise<DoorGuest> {
  const guest = await getDoorGuest(tx, id, own);
  if (arrived > guest.plus + 1)
    throw invalid('arrived', `${listName(guest)} is on the list with ${guest.plus} more, not with ${arrived - 1}.`);
  const [counted] = await tx.query(
    `update guests set arrived = $4, updated_at = now(),
            arrived_at = case when $4 = 0 then null else coalesce(arrived_at, $5) end
      where org_id = $1 and id = $2 and state = 'approved' and arrived = $3 and plus + 1 >= $4 returning id`,
    [tx.scope.orgId, id, seen, arrived, tx.scope.now],
  );
  const now = await getDoorGuest(tx, id, own);
  if (counted) return now;
  throw new AppError('already_arrived', {
    message: `Another door was faster: of ${listName(now)}, ${now.arrived} of ${now.plus + 1} ${now.arrived === 1 ? 'is' : 'are'} in.`,
    extra: { arrived: now.arrived, arrivedAt: now.arrivedAt },
  });
}
