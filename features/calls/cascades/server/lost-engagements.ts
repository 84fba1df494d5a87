import { stageOf } from '#features/engagements/rules.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import type { Tx } from '#platform/db/tenant.ts';

/** It doesn't take place after all: nobody is asked for it any more. */
export async function isLost(tx: Tx, engagementId: string): Promise<boolean> {
  const [row] = await tx.query<{ pack: PackName; stage: string }>(
    'select pack, stage from engagements where org_id = $1 and id = $2',
    [tx.scope.orgId, engagementId],
  );
  return row !== undefined && stageOf(packs[row.pack], row.stage)?.kind === 'lost';
}
