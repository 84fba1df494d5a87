import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { scoreOrder } from '#features/calls/instruments/instrument-rules.ts';
import { serviceKinds } from '#features/engagements/timeline/item-kinds.ts';
import type { AttendanceMark, AttendanceSheet, AttendedService, Attendee } from '../contract.ts';

const serviceJson = `json_build_object('id', i.id, 'kind', i.kind, 'title', i.title, 'zone', i.zone,
  'startsAt', iso(i.starts_at), 'endsAt', iso(i.ends_at), 'report', json_build_object(
    'startedAt', iso(p.started_at), 'endedAt', iso(p.ended_at), 'cancelledAt', iso(p.cancelled_at),
    'notes', coalesce(p.notes, ''), 'version', coalesce(p.version, 0)))`;

interface Sitter {
  resourceId: string;
  name: string;
  skill: string;
  kind: string;
  sort: number;
  title: string;
  number: number;
  mark: AttendanceMark;
}

/**
 * Everybody who has a seat at a service of an engagement, in score order, and how it went for them.
 * @param own only the person behind this account, who must have a seat there. @throws AppError not_found
 */
export async function getAttendance(tx: Tx, engagementId: string, own?: string): Promise<AttendanceSheet> {
  const key = [tx.scope.orgId, engagementId];
  const [found, services, sitters] = await Promise.all([
    tx.query('select from engagements where org_id = $1 and id = $2', key),
    tx.query<{ service: AttendedService }>(
      `select ${serviceJson} as service from schedule_items i
         left join service_reports p on p.org_id = i.org_id and p.id = i.id
        where i.org_id = $1 and i.engagement_id = $2 and i.kind = any($3) order by i.starts_at, i.id`,
      [...key, serviceKinds],
    ),
    tx.query<Sitter>(
      `select s.resource_id as "resourceId", r.name, n.skill, n.kind, n.sort, n.title, s.number,
              json_build_object('scheduleItemId', s.schedule_item_id, 'needId', s.need_id,
                'status', coalesce(a.status, 'present'), 'minutes', coalesce(a.minutes, 0),
                'note', coalesce(a.note, ''), 'version', coalesce(a.version, 0)) as mark
         from seats s
         join needs n on n.org_id = s.org_id and n.id = s.need_id
         join resources r on r.org_id = s.org_id and r.id = s.resource_id
         join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id and i.kind = any($4)
         left join attendances a on a.org_id = s.org_id and a.schedule_item_id = s.schedule_item_id
               and a.resource_id = s.resource_id
        where s.org_id = $1 and s.engagement_id = $2 and ($3::uuid is null or r.user_id = $3)
        order by i.starts_at, i.id`,
      [...key, own ?? null, serviceKinds],
    ),
  ]);
  if (found.length === 0 || (own !== undefined && sitters.length === 0)) throw notFound('This engagement');
  const people = peopleOf(sitters);
  const theirs = new Set(sitters.map(({ mark }) => mark.scheduleItemId));
  return {
    services: services.map(({ service }) => service).filter(({ id }) => own === undefined || theirs.has(id)),
    people,
  };
}

/** One entry for each person, at the place of their first chair in the score. */
function peopleOf(sitters: readonly Sitter[]): Attendee[] {
  const groups = Map.groupBy(sitters.toSorted(inScore), ({ resourceId }) => resourceId);
  return [...groups.values()].flatMap((seats) => {
    const [first] = seats;
    if (!first) return [];
    const { resourceId, name, skill, title } = first;
    return [{ resourceId, name, skill, title, marks: seats.map(({ mark }) => mark) }];
  });
}

function inScore(a: Sitter, b: Sitter): number {
  return (
    scoreOrder(a.skill) - scoreOrder(b.skill) ||
    a.kind.localeCompare(b.kind) ||
    a.sort - b.sort ||
    a.title.localeCompare(b.title) ||
    a.number - b.number ||
    a.name.localeCompare(b.name)
  );
}

/** A service with its report. @throws AppError not_found, also for what is no service */
export async function getService(tx: Tx, id: string): Promise<AttendedService> {
  const [found] = await tx.query<{ service: AttendedService }>(
    `select ${serviceJson} as service from schedule_items i
       left join service_reports p on p.org_id = i.org_id and p.id = i.id
      where i.org_id = $1 and i.id = $2 and i.kind = any($3)`,
    [tx.scope.orgId, id, serviceKinds],
  );
  if (!found) throw notFound('This service');
  return found.service;
}
