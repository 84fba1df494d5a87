import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Grade, ListKind, Validity } from '../list-rules.ts';
import { requireRanks, type Asker } from './who-sees-ranks.ts';

export interface LockedList extends Validity {
  id: string;
  skill: string;
  kind: ListKind;
  grade: Grade;
  approvedAt: string | null;
  version: number;
}

const columns = `l.id, l.skill, l.kind, l.grade, l.valid_from::text as "validFrom", l.valid_to::text as "validTo",
  iso(l.approved_at) as "approvedAt", l.version`;

/** A list, locked: whoever writes to it next waits. @throws AppError not_found, forbidden, own_list */
export async function lockList(tx: Tx, asker: Asker, id: string): Promise<LockedList> {
  const [list] = await tx.query<LockedList>(
    `select ${columns} from ranked_lists l where l.org_id = $1 and l.id = $2 for no key update`,
    [tx.scope.orgId, id],
  );
  if (!list) throw notFound('This list');
  await requireRanks(tx, asker, list);
  return list;
}

/** A list that may still be changed, locked. @throws AppError as above; list_approved */
export async function lockDraft(tx: Tx, asker: Asker, id: string): Promise<LockedList> {
  const list = await lockList(tx, asker, id);
  if (list.approvedAt !== null) {
    throw new AppError('list_approved', {
      message: 'This list is approved and stays as it was approved. Draw up a new one from it, and have that approved.',
    });
  }
  return list;
}

/** The other approved lists of its skill, kind and grade that reach into its time, locked. */
export function lockOverlapping(tx: Tx, list: LockedList): Promise<LockedList[]> {
  return tx.query<LockedList>(
    `select ${columns} from ranked_lists l
      where l.org_id = $1 and lower(l.skill) = lower($2) and l.kind = $3 and l.grade = $4 and l.id <> $5
        and l.approved_at is not null
        and daterange(l.valid_from, l.valid_to, '[]') && daterange($6::date, $7::date, '[]')
      order by l.valid_from, l.id for no key update`,
    [tx.scope.orgId, list.skill, list.kind, list.grade, list.id, list.validFrom, list.validTo],
  );
}

/** What depends on the whole of a list is refused when somebody changed anything of it. @throws AppError version_conflict */
export function requireSeen(list: LockedList, version: number): void {
  if (version > list.version) throw invalid('version', 'Send the version that you read.');
  if (version < list.version) {
    throw new AppError('version_conflict', {
      message: 'Somebody else changed this list in the meantime. Look at it again before you go on.',
      extra: { version: list.version },
    });
  }
}

/** The list has changed: whoever saw it before is told so. */
export async function bump(tx: Tx, id: string): Promise<void> {
  await tx.query('update ranked_lists set version = version + 1, updated_at = now() where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
  ]);
}
