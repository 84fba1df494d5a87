import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { AttendanceStatus } from '#features/calls/attendance/contract.ts';
import { scoreOrder } from '#features/calls/instruments/instrument-rules.ts';
import { serviceKinds } from '#features/engagements/timeline/item-kinds.ts';
import type { PaidSeat, PaidService } from '../paid-seat.ts';
import type { PlannedNeed } from '../sheet-rules.ts';

/** A seat of an engagement, with nobody on it while `resourceId` is null. */
export interface SeatFacts extends PaidSeat {
  number: number;
  resourceId: string | null;
  name: string;
}

/** All that pay is reckoned from, as of now. */
export interface PayFacts {
  title: string;
  services: PaidService[];
  /** In score order. */
  needs: PlannedNeed[];
  seats: SeatFacts[];
}

interface SeatRow {
  scheduleItemId: string;
  needId: string;
  number: number;
  resourceId: string | null;
  name: string | null;
  byRoster: boolean;
  status: AttendanceStatus;
  minutes: number;
}

interface NeedRow extends PlannedNeed {
  doubles: string[];
  sort: number;
}

/** @throws AppError not_found */
export async function payFacts(tx: Tx, engagementId: string): Promise<PayFacts> {
  const key = [tx.scope.orgId, engagementId];
  const [[found], services, needs, seats] = await Promise.all([
    tx.query<{ title: string }>('select title from engagements where org_id = $1 and id = $2', key),
    tx.query<PaidService>(
      `select i.id, i.kind, (i.starts_at at time zone i.zone)::date::text as day, iso(i.starts_at) as "startsAt",
              iso(i.ends_at) as "endsAt", iso(p.started_at) as "startedAt", iso(p.ended_at) as "endedAt",
              iso(p.cancelled_at) as "cancelledAt"
         from schedule_items i left join service_reports p on p.org_id = i.org_id and p.id = i.id
        where i.org_id = $1 and i.engagement_id = $2 and i.kind = any($3) order by i.starts_at, i.id`,
      [...key, serviceKinds],
    ),
    tx.query<NeedRow>(
      `select id as "needId", title, skill, kind, doubles, sort from needs
        where org_id = $1 and engagement_id = $2 and dropped_at is null`,
      key,
    ),
    tx.query<SeatRow>(
      `select s.schedule_item_id as "scheduleItemId", s.need_id as "needId", s.number, s.resource_id as "resourceId",
              r.name, coalesce(s.source = 'roster', false) as "byRoster", coalesce(a.status, 'present') as status,
              coalesce(a.minutes, 0) as minutes
         from seats s
         left join resources r on r.org_id = s.org_id and r.id = s.resource_id
         left join attendances a on a.org_id = s.org_id and a.schedule_item_id = s.schedule_item_id
               and a.resource_id = s.resource_id
        where s.org_id = $1 and s.engagement_id = $2`,
      key,
    ),
  ]);
  if (!found) throw notFound('This engagement');
  return { title: found.title, services, needs: needs.sort(inScore), seats: seatsInOrder(services, needs, seats) };
}

function inScore(a: NeedRow, b: NeedRow): number {
  return (
    scoreOrder(a.skill) - scoreOrder(b.skill) ||
    a.kind.localeCompare(b.kind) ||
    a.sort - b.sort ||
    a.title.localeCompare(b.title)
  );
}

/** By need in the score, number, and time: so that the same facts always make the same lines. */
function seatsInOrder(
  services: readonly PaidService[],
  needs: readonly NeedRow[],
  rows: readonly SeatRow[],
): SeatFacts[] {
  const serviceOf = new Map(services.map((service, order) => [service.id, { service, order }]));
  const needOf = new Map(needs.map((need, order) => [need.needId, { need, order }]));
  return rows
    .flatMap(({ scheduleItemId, needId, number, resourceId, name, byRoster, status, minutes }) => {
      const [at, of] = [serviceOf.get(scheduleItemId), needOf.get(needId)];
      if (!at || !of) return [];
      const { skill, kind, doubles } = of.need;
      const seat = {
        service: at.service,
        needId,
        principal: kind === 'principal',
        skill,
        doubles,
        byRoster,
        status,
        minutes,
      };
      return [
        { order: [of.order, number, at.order] as const, seat: { ...seat, number, resourceId, name: name ?? '' } },
      ];
    })
    .sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.order[2] - b.order[2])
    .map(({ seat }) => seat);
}
