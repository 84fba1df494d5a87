import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';
import { peopleAtMost } from '../contract.ts';
import type { GroupKey } from '../group-words.ts';

/** People of one engagement are placed one after the other, so that no two get one key. @throws AppError not_found */
export async function lockRoster(tx: Tx, engagementId: string): Promise<void> {
  const [found] = await tx.query('select id from engagements where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!found) throw notFound('This engagement');
}

/** Under the roster's lock. @throws AppError limit_reached */
export async function requireRoom(tx: Tx, engagementId: string, more: number): Promise<void> {
  const [held] = await tx.query<{ count: number }>(
    'select count(*)::int as count from engagement_people where org_id = $1 and engagement_id = $2',
    [tx.scope.orgId, engagementId],
  );
  if ((held?.count ?? 0) + more > peopleAtMost)
    throw new AppError('limit_reached', { message: `A roster has at most ${peopleAtMost} people.` });
}

/** @param but doesn’t count */
export async function lastKey(
  tx: Tx,
  engagementId: string,
  groupKey: GroupKey,
  but: string | null = null,
): Promise<string | null> {
  const [last] = await tx.query<{ sort: string | null }>(
    `select max(sort) as sort from engagement_people
      where org_id = $1 and engagement_id = $2 and group_key = $3 and id is distinct from $4`,
    [tx.scope.orgId, engagementId, groupKey, but],
  );
  return last?.sort ?? null;
}

/** The key right behind one of a group; null: before all of it. `but` doesn't count. @throws AppError invalid_input */
export async function keyAfter(
  tx: Tx,
  engagementId: string,
  groupKey: GroupKey,
  after: string | null,
  but: string | null = null,
): Promise<string> {
  const keys = await tx.query<{ id: string; sort: string }>(
    `select id, sort from engagement_people
      where org_id = $1 and engagement_id = $2 and group_key = $3 and id is distinct from $4 order by sort, id`,
    [tx.scope.orgId, engagementId, groupKey, but],
  );
  const at = after === null ? -1 : keys.findIndex(({ id }) => id === after);
  if (after !== null && at < 0) throw invalid('after', 'There is nobody with this id in this group.');
  return orderKeyBetween(keys[at]?.sort ?? null, keys[at + 1]?.sort ?? null);
}
