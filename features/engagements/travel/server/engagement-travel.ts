import type { RouteOutput } from '#platform/contract/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { travel } from '../contract.ts';
import { conflictsOf, listPeople } from './conflicts.ts';
import { requireTravel, type Sight } from './queries.ts';

/**
 * Everything about the travel of one engagement that somebody may see. To who sees their own only, an engagement on
 * whose legs they aren't looks like one that isn't there: empty.
 * @param titles whether other engagements may be named. @throws AppError not_found
 */
export async function getTravel(
  tx: Tx,
  id: string,
  sight: Sight,
  titles: boolean,
): Promise<RouteOutput<(typeof travel)['routes']['get']>> {
  const [rows, people] = await Promise.all([requireTravel(tx, id, sight), listPeople(tx, id, sight)]);
  const conflicts = people.length > 0 ? await conflictsOf(tx, id, people, rows, sight, titles) : [];
  return { ...rows, people, conflicts: sight.all ? conflicts : conflicts.filter(({ kind }) => kind !== 'no_travel') };
}
