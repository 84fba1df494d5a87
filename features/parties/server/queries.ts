import type { RouteInput } from '#platform/contract/contract.ts';
import { byName, containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { party, type parties, type Party } from '../contract.ts';

export const partyShape: RowShape = { entity: party };

export function listParties(tx: Tx, page: RouteInput<(typeof parties)['routes']['list']>['query']): Promise<RawJson> {
  return listJson(tx, {
    from: 'parties r',
    filter: new Filter(tx).add((mark) => `(r.name ilike ${mark} or r.email ilike ${mark})`, containing(page.q)),
    order: byName,
    item: rowJson(partyShape),
    page,
  });
}

export function getParty(tx: Tx, id: string): Promise<Party> {
  return getRow<Party>(tx, partyShape, id);
}
