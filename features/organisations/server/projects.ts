import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { packNames } from '../packs/pack.ts';
import { packs } from '../packs/packs.ts';

/** `pack.stage` of engagements that don't happen. */
const lost = packNames.flatMap((name) =>
  packs[name].stages.filter(({ kind }) => kind === 'lost').map(({ key }) => `${name}.${key}`),
);

/** Engagements that are not over, as plans count them: those to come or under way that aren't lost. */
export async function countProjects(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from engagements
      where org_id = $1 and ends_at > $2 and not (pack || '.' || stage = any($3::text[]))`,
    [tx.scope.orgId, tx.scope.now, lost],
  );
  return row?.count ?? 0;
}

/**
 * Writes engagements as far as the plan has room: what would make more of them than it allows is refused. Without
 * a limit that costs nothing; with one, writers follow one another, so that each counts what was committed before it.
 * @param most by the plan; null: no limit
 * @throws AppError limit_reached; nothing is saved then
 */
export async function withinProjects<T>(tx: Tx, most: number | null, write: () => Promise<T>): Promise<T> {
  if (most === null) return write();
  await takeTurn(tx, 'organisations.projects');
  const before = await countProjects(tx);
  const result = await write();
  const used = await countProjects(tx);
  // Beyond it already, after the plan was lowered: what is there can still be changed.
  if (used <= most || used <= before) return result;
  throw new AppError('limit_reached', {
    message: `The plan has room for ${most} engagements that are not over; this would make ${used}. Cancel or delete some, or ask the operator of this installation for a larger plan.`,
  });
}
