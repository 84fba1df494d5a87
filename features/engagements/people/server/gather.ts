import { invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { orderKeysAfter } from '#platform/text/order-key.ts';
import { groupKeys } from '../group-words.ts';
import { placedFrom, type Candidate, type Placed } from '../rules.ts';
import { lastKey, lockRoster, requireRoom } from './order.ts';

/** Everybody who is held, booked or seated comes onto the roster. @throws AppError not_found, limit_reached */
export async function addBooked(tx: Tx, engagementId: string): Promise<{ added: number }> {
  await lockRoster(tx, engagementId);
  const candidates = await tx.query<Candidate>(
    `select p.id as "resourceId", null as "partyId",
            (select json_build_object('groupKey', e.group_key, 'role', e.role) from engagement_people e
              where e.org_id = $1 and e.resource_id = p.id order by e.created_at desc, e.id desc limit 1) as last,
            coalesce((select json_agg(distinct n.title) from seats s join needs n on n.org_id = $1 and n.id = s.need_id
              where s.org_id = $1 and s.engagement_id = $2 and s.resource_id = p.id), '[]'::json) as seats
       from resources p
      where p.org_id = $1 and p.kind = 'person' and (
            p.id in (select c.resource_id from claims c
                      where c.org_id = $1 and c.engagement_id = $2 and c.status in ('hold', 'commit'))
            or p.id in (select s.resource_id from seats s where s.org_id = $1 and s.engagement_id = $2))
      order by p.name, p.id`,
    [tx.scope.orgId, engagementId],
  );
  return { added: await place(tx, engagementId, candidates) };
}

/**
 * Those of another engagement come onto this one's roster, as they stand there; nobody is confirmed by it.
 * @param from null: of every other one of the series, each as they were last
 * @throws AppError not_found, invalid_input, limit_reached
 */
export async function copyPeople(tx: Tx, engagementId: string, from: string | null): Promise<{ added: number }> {
  await lockRoster(tx, engagementId);
  const sources = await tx.query<{ id: string }>(
    from
      ? 'select id from engagements where org_id = $1 and id = $3 and id <> $2'
      : `select o.id from engagements e join engagements o on o.org_id = $1 and o.series_id = e.series_id and o.id <> e.id
          where e.org_id = $1 and e.id = $2`,
    from ? [tx.scope.orgId, engagementId, from] : [tx.scope.orgId, engagementId],
  );
  if (sources.length === 0)
    throw invalid(
      'engagementId',
      from ? 'There is no other engagement with this id.' : 'It belongs to no series with others in it.',
    );
  const candidates = await tx.query<Candidate>(
    `select p."resourceId", p."partyId", p.last, '[]'::json as seats from (
       select distinct on (e.resource_id, e.party_id) e.resource_id as "resourceId", e.party_id as "partyId",
              json_build_object('groupKey', e.group_key, 'role', e.role) as last, e.group_key, e.sort, e.id
         from engagement_people e join engagements o on o.org_id = $1 and o.id = e.engagement_id
        where e.org_id = $1 and e.engagement_id = any($2::uuid[])
          and not exists (select from engagement_people s where s.org_id = $1 and s.stands_in_for = e.id)
        order by e.resource_id, e.party_id, o.starts_at desc, e.id) p
      order by p.group_key, p.sort, p.id`,
    [tx.scope.orgId, sources.map(({ id }) => id)],
  );
  return { added: await place(tx, engagementId, candidates) };
}

/** At the ends of their groups. @returns how many weren't there yet */
async function place(tx: Tx, engagementId: string, candidates: readonly Candidate[]): Promise<number> {
  const there = await tx.query<Pick<Placed, 'resourceId' | 'partyId'>>(
    `select resource_id as "resourceId", party_id as "partyId" from engagement_people
      where org_id = $1 and engagement_id = $2`,
    [tx.scope.orgId, engagementId],
  );
  const placed = placedFrom(candidates, there);
  if (placed.length === 0) return 0;
  await requireRoom(tx, engagementId, placed.length);
  for (const groupKey of groupKeys) {
    const group = placed.filter((one) => one.groupKey === groupKey);
    if (group.length === 0) continue;
    const keys = orderKeysAfter(await lastKey(tx, engagementId, groupKey), group.length);
    const rows = group.map((one, index) => ({ ...one, id: uuidv7(), sort: keys[index] }));
    await tx.query(
      `insert into engagement_people (org_id, id, engagement_id, resource_id, party_id, group_key, role, sort)
       select $1, w.id, $2, w."resourceId", w."partyId", w."groupKey", w.role, w.sort
         from json_to_recordset($3::json) as w(id uuid, "resourceId" uuid, "partyId" uuid, "groupKey" text, role text, sort text)`,
      [tx.scope.orgId, engagementId, JSON.stringify(rows)],
    );
  }
  return placed.length;
}
