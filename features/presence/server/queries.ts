import type { Tx } from '#platform/db/tenant.ts';
import type { Sight } from '#platform/live/rooms.ts';

/** Companies of one account that count; nobody works for more of them at once. */
const mostCompanies = 20;

/**
 * Colleagues see everybody who is there. Whoever comes from outside sees the people of their own company: who works for
 * the organisation, and when, is none of their business.
 * @param own as in `OrgContext`: the account of somebody from outside
 */
export async function sightOf(tx: Tx, own: string | undefined): Promise<Sight> {
  if (own === undefined) return {};
  const companies = await tx.query<{ id: string }>(
    `select coalesce(w.company_id, p.id) as id
       from parties p left join party_people w on w.org_id = p.org_id and w.person_id = p.id
      where p.org_id = $1 and p.user_id = $2 and (w.id is not null or p.kind = 'company')
      order by 1 limit ${mostCompanies}`,
    [tx.scope.orgId, own],
  );
  return { circles: companies.map(({ id }) => id) };
}
