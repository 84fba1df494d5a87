import { packs } from '#features/organisations/packs/packs.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { sheetPath } from '#features/documents/server/sheet-link.ts';
import { showDay } from '#features/documents/show-day-rules.ts';
import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import type { FeedEvent } from '#features/scheduling/availability/server/feed-calendar.ts';
import type { Tx } from '#platform/db/tenant.ts';

interface ItemRow extends Omit<FeedEvent, 'title' | 'link'> {
  engagementId: string;
  engagement: string;
  kind: string;
  item: string;
  zone: string;
  pack: PackName;
  stage: string;
}

/** What a person is wanted at, as far as they may know of it: as their own day sheet has it. */
export async function personItems(
  tx: Tx,
  person: string,
  window: { back: string; ahead: string; events: number },
  linkTo: (path: string) => string,
  secret: string,
): Promise<FeedEvent[]> {
  const rows = await tx.query<ItemRow>(
    `select i.id, i.version, iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt", 'commit' as status, null as rank,
            null as resource, e.id as "engagementId", e.title as engagement, e.pack, e.stage, i.kind, i.title as item, i.zone,
            iso(greatest(i.updated_at, e.updated_at, p.updated_at)) as "updatedAt", p.name as place, p.address
       from schedule_items i
       join engagements e on e.org_id = $1 and e.id = i.engagement_id
       left join resources p on p.org_id = $1 and p.id = coalesce(i.place_id, e.place_id)
       left join lateral (
         select x.group_key, x.id, standing_of(x) in ('booked', 'confirmed') as sure from engagement_people x
          where x.org_id = $1 and x.engagement_id = i.engagement_id and x.resource_id = $2) mine on true
      where i.org_id = $1 and i.starts_at > $3::timestamptz - interval '${window.back}'
        and i.starts_at < $3::timestamptz + interval '${window.ahead}'
        and i.engagement_id in (
          select c.engagement_id from claims c where c.org_id = $1 and c.resource_id = $2 and c.status = 'commit'
          union select x.engagement_id from engagement_people x where x.org_id = $1 and x.resource_id = $2)
        and sees_item(i, null, $2)
        and (exists (select from seats s where s.org_id = $1 and s.schedule_item_id = i.id and s.resource_id = $2)
          or not i.for_all and mine.sure and (mine.group_key = any (i.for_groups) or mine.id = any (i.person_ids))
          or i.for_all and exists (
            select from claims c where c.org_id = $1 and c.engagement_id = i.engagement_id and c.resource_id = $2
               and c.status = 'commit' and c.starts_at < i.ends_at and c.ends_at > i.starts_at
               and not exists (select from seats s where s.org_id = $1 and s.claim_id = c.id))
          or i.for_all and mine.sure and not exists (
            select from claims c where c.org_id = $1 and c.engagement_id = i.engagement_id and c.resource_id = $2
               and c.status = 'commit'))
      order by i.starts_at, i.id limit ${window.events}`,
    [tx.scope.orgId, person, tx.scope.now],
  );
  return rows
    .filter(({ pack, stage }) => !packs[pack].stages.some(({ key, kind }) => key === stage && kind === 'lost'))
    .map(({ engagementId, engagement, kind, item, zone, pack: _pack, stage: _stage, ...event }) => {
      const day = showDay(event.startsAt, zone);
      const path = sheetPath(secret, tx.scope.orgId, { engagementId, resourceId: person, day, paper: 'a4' });
      return { ...event, title: `${itemName({ kind, title: item })} – ${engagement}`, link: linkTo(path) };
    });
}
