import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import { groupKey, type ListGroup } from '../list-rules.ts';

/** Who asks: their permissions, and the account behind which they may be a person on a list themselves. */
export type Asker = Pick<Caller, 'can' | 'userId' | 'roleName'>;

/**
 * People never see their own rank, whatever they may: with everybody else's in sight it would be the one that is
 * missing. So whoever stands on any list of a skill and kind, a draft or an old one included, sees no rank of it.
 *
 * @returns of a skill and kind of chair: whether the asker stands there
 */
export async function ownGroups(tx: Tx, { userId }: Pick<Asker, 'userId'>): Promise<(group: ListGroup) => boolean> {
  if (userId === undefined) return () => false;
  const rows = await tx.query<ListGroup>(
    `select distinct l.skill, l.kind from resources p
       join ranked_entries e on e.org_id = p.org_id and e.resource_id = p.id
       join ranked_lists l on l.org_id = e.org_id and l.id = e.list_id
      where p.org_id = $1 and p.user_id = $2`,
    [tx.scope.orgId, userId],
  );
  const own = new Set(rows.map(groupKey));
  return (group) => own.has(groupKey(group));
}

/** Of a skill and kind of chair: whether the asker may see who comes before whom. For every place that shows a rank. */
export async function ranksSeenBy(tx: Tx, asker: Asker): Promise<(group: ListGroup) => boolean> {
  if (!asker.can('lists.ranks')) return () => false;
  const own = await ownGroups(tx, asker);
  return (group) => !own(group);
}

/** @throws AppError forbidden for whoever sees no ranks, own_list for whoever stands on a list of this group */
export async function requireRanks(tx: Tx, asker: Asker, group: ListGroup): Promise<void> {
  if (!asker.can('lists.ranks')) {
    throw new AppError('forbidden', {
      message: `Your role (${asker.roleName}) doesn’t show you ranks, so it can’t change or approve lists either.`,
      extra: { permission: 'lists.ranks' },
    });
  }
  const own = await ownGroups(tx, asker);
  if (own(group)) {
    throw new AppError('own_list', {
      message: 'You stand on a list for these chairs yourself, so somebody else keeps them.',
    });
  }
}

/** @throws AppError own_list when the asker is among these people */
export async function requireOthers(tx: Tx, { userId }: Asker, resourceIds: readonly string[]): Promise<void> {
  if (userId === undefined) return;
  const [own] = await tx.query(
    'select from resources where org_id = $1 and user_id = $2 and id = any($3::uuid[]) limit 1',
    [tx.scope.orgId, userId, resourceIds],
  );
  if (own) {
    throw new AppError('own_list', {
      message: 'You are among these people. Somebody else has to put you on a list.',
    });
  }
}
