import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { orderKeyBetween } from '#platform/text/order-key.ts';

/** Items of one engagement are placed one after the other, so that no two get one key. @throws AppError not_found */
export async function lockItems(tx: Tx, engagementId: string): Promise<void> {
  const [found] = await tx.query('select from engagements where org_id = $1 and id = $2 for no key update', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!found) throw notFound('This engagement');
}

interface Placed {
  id: string;
  sort: string;
  section: string;
}

/** In order; lock first. */
export function placedItems(tx: Tx, engagementId: string): Promise<Placed[]> {
  return tx.query<Placed>(
    'select id, sort, section from advance_items where org_id = $1 and engagement_id = $2 order by sort, id',
    [tx.scope.orgId, engagementId],
  );
}

/** A place at the end of a section, or of everything where there is no such section. */
export function endOfSection(items: readonly Placed[], section: string): string {
  const last = items.findLastIndex((each) => each.section === section);
  const at = last < 0 ? items.length - 1 : last;
  return orderKeyBetween(items[at]?.sort ?? null, items[at + 1]?.sort ?? null);
}

/** Puts an item behind another one, whose section becomes its own. @param after null: first. @throws AppError invalid_input */
export async function moveItem(tx: Tx, id: string, after: string | null): Promise<void> {
  const { orgId } = tx.scope;
  const [moved] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from advance_items where org_id = $1 and id = $2',
    [orgId, id],
  );
  if (!moved) throw notFound('This item');
  if (after === id) return;
  await lockItems(tx, moved.engagementId);
  const others = (await placedItems(tx, moved.engagementId)).filter((each) => each.id !== id);
  const at = after === null ? -1 : others.findIndex((each) => each.id === after);
  if (after !== null && at < 0) throw invalid('after', 'There is no item with this id here.');
  const section = others[Math.max(at, 0)]?.section;
  await tx.query(
    `update advance_items set sort = $3, section = coalesce($4, section), version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [orgId, id, orderKeyBetween(others[at]?.sort ?? null, others[at + 1]?.sort ?? null), section ?? null],
  );
}
