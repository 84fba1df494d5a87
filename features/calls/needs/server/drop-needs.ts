import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';

/**
 * Takes needs without seats away. Where anybody was asked, or passed over, the need is dropped instead: out of sight, its
 * calls stay in the log and count in the reports. Nobody more is called for it.
 * @throws AppError in_use while somebody has not answered yet
 */
export async function dropNeeds(tx: Tx, ids: readonly string[]): Promise<void> {
  const tried = await tx.query<{ id: string; open: boolean }>(
    `select need_id as id, bool_or(state = 'open') as open from calls
      where org_id = $1 and need_id = any($2::uuid[]) and state <> 'planned' group by need_id`,
    [tx.scope.orgId, ids],
  );
  if (tried.some(({ open }) => open))
    throw new AppError('in_use', {
      message: 'Somebody is being called for this and has not answered yet. Halt and cancel these calls first.',
    });
  const logged = tried.map(({ id }) => id);
  const unasked = ids.filter((id) => !logged.includes(id));
  await tx.query('delete from needs where org_id = $1 and id = any($2::uuid[])', [tx.scope.orgId, unasked]);
  if (logged.length === 0) return;
  await tx.query(
    `update cascades set state = 'cancelled', wake_at = null, version = version + 1, updated_at = now()
      where org_id = $1 and need_id = any($2::uuid[]) and state in ('running', 'paused', 'halted')`,
    [tx.scope.orgId, logged],
  );
  await tx.query(
    `update needs set dropped_at = $3, every_service = false, version = version + 1, updated_at = now()
      where org_id = $1 and id = any($2::uuid[])`,
    [tx.scope.orgId, logged, tx.scope.now],
  );
}
