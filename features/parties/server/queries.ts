import type { RouteInput } from '#platform/contract/contract.ts';
import { containing, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/http/feature.ts';
import { party, type parties, type Party } from '../contract.ts';

export const partyShape: RowShape = { entity: party };

export function listParties(tx: Tx, page: RouteInput<(typeof parties)['routes']['list']>['query']): Promise<RawJson> {
  return listJson(tx, {
    from: 'parties r',
    where: ['r.org_id = $1', ...(page.q ? ['(r.name ilike $2 or r.email ilike $2)'] : [])],
    values: [tx.scope.orgId, ...(page.q ? [containing(page.q)] : [])],
    order: [
      { column: 'r.name', type: 'text' },
      { column: 'r.id', type: 'uuid' },
    ],
    item: rowJson(partyShape),
    page,
  });
}

export function getParty(tx: Tx, id: string): Promise<Party> {
  return getRow<Party>(tx, partyShape, id);
}
