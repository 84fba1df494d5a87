import type { Tx } from '#platform/db/tenant.ts';
import type { Caller } from '#platform/http/feature.ts';
import type { Reader } from './queries.ts';

/**
 * Who reads the record. People never see their own rank on a list of candidates, and the record would tell it in each
 * move of theirs or of those around them: whoever is one of the organisation's people reads no ranks here at all.
 */
export async function readerOf(tx: Tx, caller: Pick<Caller, 'can' | 'userId'>): Promise<Reader> {
  if (caller.userId === undefined || !caller.can('lists.ranks')) return caller;
  const [self] = await tx.query(
    "select from resources where org_id = $1 and user_id = $2 and kind = 'person' limit 1",
    [tx.scope.orgId, caller.userId],
  );
  return self ? { can: (permission, least) => permission !== 'lists.ranks' && caller.can(permission, least) } : caller;
}
