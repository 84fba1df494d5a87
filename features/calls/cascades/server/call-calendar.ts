import { calendarText } from '#features/scheduling/availability/server/feed-calendar.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';

interface Booked {
  id: string;
  version: number;
  startsAt: string;
  endsAt: string;
  updatedAt: string;
  kind: string;
  engagement: string;
  zone: string;
  place: string | null;
  address: string | null;
}

/**
 * The accepted services as an iCalendar file. Each carries the name of its commitment, as the private calendar of the
 * person does: who has both sees it once.
 *
 * @throws AppError not_found when nothing is accepted
 */
export async function callCalendar(tx: Tx, callId: string): Promise<string> {
  const booked = await tx.query<Booked>(
    `select k.id, k.version, iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt", iso(k.updated_at) as "updatedAt", i.kind,
            e.title as engagement, i.zone, p.name as place, p.address
       from calls c
       join call_services s on s.org_id = c.org_id and s.call_id = c.id and s.answer = 'accepted'
       join schedule_items i on i.org_id = c.org_id and i.id = s.schedule_item_id
       join engagements e on e.org_id = c.org_id and e.id = c.engagement_id
       join seats t on t.org_id = c.org_id and t.schedule_item_id = i.id and t.resource_id = c.resource_id
       join claims k on k.org_id = c.org_id and k.id = t.claim_id
       left join resources p on p.org_id = c.org_id and p.id = coalesce(i.place_id, e.place_id)
      where c.org_id = $1 and c.id = $2 and c.state = 'accepted' order by i.starts_at, i.id`,
    [tx.scope.orgId, callId],
  );
  const [first] = booked;
  if (!first) throw notFound('This calendar');
  return calendarText({
    name: first.engagement,
    zone: first.zone,
    events: booked.map(({ kind, engagement, ...event }) => ({
      ...event,
      status: 'commit',
      rank: null,
      title: `${engagement}: ${kindLabel(kind)}`,
      resource: null,
    })),
  });
}
