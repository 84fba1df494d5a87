import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { byName, containing, Filter, listJson } from '#platform/db/list.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { RawJson } from '#platform/contract/raw-json.ts';
import { csvLine } from '#platform/text/csv.ts';
import { party, type parties, type Party } from '../contract.ts';

export const partyShape: RowShape = { entity: party };

type ListQuery = RouteInput<(typeof parties)['routes']['list']>['query'];

/** @param contacts whether the asker may see e-mail addresses: others don't find by them either */
export function listParties(tx: Tx, page: ListQuery, contacts: boolean): Promise<RawJson> {
  const found = (mark: string) =>
    contacts ? `(r.name ilike ${mark} or r.email ilike ${mark} or r.phone ilike ${mark})` : `r.name ilike ${mark}`;
  return listJson(tx, {
    from: 'parties r',
    filter: new Filter(tx)
      .add(found, containing(page.q))
      .add((mark) => `r.kind = ${mark}`, page.kind)
      .add((mark) => `${mark} = any(r.roles)`, page.role),
    order: byName,
    item: rowJson(partyShape),
    page,
  });
}

/** @throws AppError not_found, merged when it became another */
export async function getParty(tx: Tx, id: string): Promise<Party> {
  await requireParty(tx, id);
  return getRow<Party>(tx, partyShape, id);
}

/** One that was merged into another leads there: whoever still has it open is told. @throws AppError not_found, merged */
export async function requireParty(tx: Tx, id: string): Promise<{ kind: string }> {
  const key = [tx.scope.orgId, id];
  const [[found], [merged]] = await Promise.all([
    tx.query<{ kind: string }>('select kind from parties where org_id = $1 and id = $2', key),
    tx.query<{ into: string; name: string }>(
      `select p.id as into, p.name from party_merges m
         join parties p on p.org_id = m.org_id and p.id = m.survivor_id
        where m.org_id = $1 and m.merged_id = $2 and m.undone_at is null
        order by m.merged_at desc limit 1`,
      key,
    ),
  ]);
  if (found) return found;
  if (!merged) throw notFound('This contact');
  throw new AppError('merged', {
    message: `Somebody merged this contact into ${merged.name}. Change that one instead.`,
    extra: { into: merged.into },
  });
}

export async function listRoles(tx: Tx): Promise<{ items: { role: string; contacts: number }[] }> {
  const items = await tx.query<{ role: string; contacts: number }>(
    `select role, count(*)::int as contacts from parties r cross join unnest(r.roles) as role
      where r.org_id = $1 group by role order by contacts desc, role limit 200`,
    [tx.scope.orgId],
  );
  return { items };
}

/** Headings are those that the import knows. @param contacts whether the asker may see addresses and numbers */
export async function exportParties(tx: Tx, contacts: boolean): Promise<string> {
  const rows = await tx.query<Party & { companies: string | null }>(
    `select r.kind, r.name, r.email, r.phone, r.roles, r.address, r.website, r.notes, r.external_ref as "externalRef",
            (select string_agg(c.name, '; ' order by c.name) from party_people b
               join parties c on c.org_id = b.org_id and c.id = b.company_id
              where b.org_id = r.org_id and b.person_id = r.id) as companies
       from parties r where r.org_id = $1 order by r.name, r.id`,
    [tx.scope.orgId],
  );
  const reachable = ['E-mail', 'Phone', 'Address'];
  const head = ['Name', 'Kind', ...(contacts ? reachable : []), 'Website', 'Roles', 'Company', 'Notes', 'Reference'];
  const lines = rows.map((row) =>
    csvLine([
      row.name,
      row.kind,
      ...(contacts ? [row.email, row.phone, row.address] : []),
      row.website,
      row.roles.join('; '),
      row.companies,
      row.notes,
      row.externalRef,
    ]),
  );
  return [csvLine(head), ...lines].join('');
}
