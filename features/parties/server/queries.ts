import type { RouteInput } from '#platform/contract/contract.ts';
import { byName, containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { party, type parties, type Party } from '../contract.ts';

export const partyShape: RowShape = { entity: party };

type ListQuery = RouteInput<(typeof parties)['routes']['list']>['query'];

/** @param contacts whether the asker may see e-mail addresses: others don't find by them either */
export function listParties(tx: Tx, page: ListQuery, contacts: boolean): Promise<RawJson> {
  const found = (mark: string) =>
    contacts ? `(r.name ilike ${mark} or r.email ilike ${mark})` : `r.name ilike ${mark}`;
  return listJson(tx, {
    from: 'parties r',
    filter: new Filter(tx).add(found, containing(page.q)),
    order: byName,
    item: rowJson(partyShape),
    page,
  });
}

export function getParty(tx: Tx, id: string): Promise<Party> {
  return getRow<Party>(tx, partyShape, id);
}
