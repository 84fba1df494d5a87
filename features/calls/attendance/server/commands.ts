import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { isService } from '#features/engagements/timeline/item-kinds.ts';
import { attendanceStatuses, type attendance, type AttendanceStatus, type NewMark } from '../contract.ts';
import { getService } from './queries.ts';

type NewReport = RouteInput<typeof attendance.routes.report>['body'];

interface Seat {
  resourceId: string;
  name: string;
  scheduleItemId: string;
  lengthMinutes: number;
  status: AttendanceStatus | null;
  minutes: number | null;
  version: number;
}

/**
 * Notes how it went, for all or nobody.
 * @throws AppError invalid_input for somebody without a seat there; version_conflict naming whose was noted since
 */
export async function setAttendance(tx: Tx, engagementId: string, marks: readonly NewMark[]): Promise<void> {
  const [found] = await tx.query('select from engagements where org_id = $1 and id = $2', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!found) throw notFound('This engagement');
  const seats = await lockSeats(tx, engagementId, marks);
  refuseTwice(marks);
  marks.forEach((mark, index) => {
    const seat = seats.get(keyOf(mark));
    if (!seat) throw invalid(`marks.${index}.resourceId`, 'Nobody with this id has a seat at this service.');
    if (mark.minutes > seat.lengthMinutes) {
      throw invalid(`marks.${index}.minutes`, `${seat.name} can’t miss more than the ${seat.lengthMinutes} minutes.`);
    }
  });
  refuseConflicts(marks, seats);
  // Sorted: two who note the same people at once wait for each other in one order.
  const rows = marks.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))).map((each) => ({ ...each, id: uuidv7() }));
  await tx.query(
    `insert into attendances as a (org_id, id, engagement_id, schedule_item_id, resource_id, status, minutes, note)
     select $1, w.id, $2, w."scheduleItemId", w."resourceId", w.status, w.minutes, w.note
       from json_to_recordset($3::json) as w(id uuid, "scheduleItemId" uuid, "resourceId" uuid, status text, minutes int, note text)`,
    [tx.scope.orgId, engagementId, JSON.stringify(rows.filter(({ version }) => version === 0))],
  );
  await tx.query(
    `update attendances a set status = w.status, minutes = w.minutes, note = w.note, version = a.version + 1, updated_at = now()
       from json_to_recordset($2::json) as w("scheduleItemId" uuid, "resourceId" uuid, status text, minutes int, note text)
      where a.org_id = $1 and a.schedule_item_id = w."scheduleItemId" and a.resource_id = w."resourceId"`,
    [tx.scope.orgId, JSON.stringify(rows.filter(({ version }) => version > 0))],
  );
}

const keyOf = ({ resourceId, scheduleItemId }: Pick<NewMark, 'resourceId' | 'scheduleItemId'>) =>
  `${resourceId} ${scheduleItemId}`;

/** The seats meant, with what is noted; who writes next waits. */
async function lockSeats(tx: Tx, engagementId: string, marks: readonly NewMark[]): Promise<Map<string, Seat>> {
  const people = [...new Set(marks.map(({ resourceId }) => resourceId))];
  const services = [...new Set(marks.map(({ scheduleItemId }) => scheduleItemId))];
  // In one order, so that two who note the same people don't wait for each other.
  await tx.query(
    `select from attendances where org_id = $1 and schedule_item_id = any($2::uuid[]) and resource_id = any($3::uuid[])
      order by id for no key update`,
    [tx.scope.orgId, services, people],
  );
  // Outer joins keep the order of looking up, whatever PostgreSQL knows of the tables' sizes.
  const rows = await tx.query<Seat & { kind: string }>(
    `select s.resource_id as "resourceId", r.name, s.schedule_item_id as "scheduleItemId", i.kind, a.status, a.minutes,
            coalesce(a.version, 0) as version,
            -- A service that ran longer can be missed for longer.
            ceil(extract(epoch from greatest(i.ends_at, p.ended_at) - least(i.starts_at, p.started_at)) / 60)::int as "lengthMinutes"
       from seats s
       left join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
       left join resources r on r.org_id = s.org_id and r.id = s.resource_id
       left join service_reports p on p.org_id = s.org_id and p.id = s.schedule_item_id
       left join attendances a on a.org_id = s.org_id and a.schedule_item_id = s.schedule_item_id and a.resource_id = s.resource_id
      where s.org_id = $1 and s.engagement_id = $2 and s.schedule_item_id = any($3::uuid[]) and s.resource_id = any($4::uuid[])`,
    [tx.scope.orgId, engagementId, services, people],
  );
  const ofServices = rows.filter(({ kind }) => isService(kind));
  return new Map(ofServices.map((row) => [keyOf(row), row]));
}

function refuseTwice(marks: readonly NewMark[]): void {
  const keys = marks.map(keyOf);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice !== -1) throw invalid(`marks.${twice}`, 'This person is noted twice for one service. Send one of the two.');
}

function refuseConflicts(marks: readonly NewMark[], seats: ReadonlyMap<string, Seat>): void {
  const early = marks.findIndex((mark) => mark.version > (seats.get(keyOf(mark))?.version ?? 0));
  if (early !== -1) throw invalid(`marks.${early}.version`, 'Send the version that you read.');
  const stale = marks.flatMap((mark) => {
    const seat = seats.get(keyOf(mark));
    return seat && seat.version !== mark.version ? [{ mark, seat }] : [];
  });
  const [first] = stale;
  if (!first) return;
  const more = stale.length > 1 ? ` and ${stale.length - 1} more` : '';
  throw new AppError('version_conflict', {
    message: `Somebody else noted ${first.seat.name}${more} in the meantime. Nothing was saved: look and decide.`,
    extra: {
      conflicts: Object.fromEntries(
        stale.map(({ mark, seat }) => [
          keyOf(mark),
          { yours: mark.status, theirs: seat.status ?? attendanceStatuses[0], version: seat.version },
        ]),
      ),
    },
  });
}

/** How far from the planned time a service may have run, in hours: further is a slip of the pen. */
const farthest = 24;

/** @throws AppError not_found, version_conflict; invalid_input for times that can't be of this service */
export async function reportService(tx: Tx, id: string, { version, ...report }: NewReport): Promise<void> {
  const service = await getService(tx, id);
  for (const field of ['startedAt', 'endedAt'] as const) {
    const at = report[field];
    if (at !== null) requireNear(field, at, service);
  }
  const begins = report.startedAt ?? service.startsAt;
  if (report.endedAt !== null && report.endedAt <= begins)
    throw invalid('endedAt', 'A service must end after it began.');
  if (report.cancelledAt !== null && (report.startedAt !== null || report.endedAt !== null)) {
    throw invalid('cancelledAt', 'What was called off has neither begun nor ended. Remove one of the two.');
  }
  // Its lock keeps the first report from being written twice.
  const rows = await tx.query<{ version: number }>(
    `with service as (select id, engagement_id from schedule_items where org_id = $1 and id = $2 for no key update),
     seen as (select coalesce((select p.version from service_reports p where p.org_id = $1 and p.id = $2), 0) as version)
     insert into service_reports as p (org_id, id, engagement_id, started_at, ended_at, cancelled_at, notes)
     select $1, service.id, service.engagement_id, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7
       from service, seen where seen.version = $3
     on conflict (org_id, id) do update set started_at = excluded.started_at, ended_at = excluded.ended_at,
       cancelled_at = excluded.cancelled_at, notes = excluded.notes, version = p.version + 1, updated_at = now()
       where p.version = $3
     returning version`,
    [tx.scope.orgId, id, version, report.startedAt, report.endedAt, report.cancelledAt, report.notes],
  );
  if (rows.length > 0) return;
  const { report: theirs } = await getService(tx, id);
  if (version > theirs.version) throw invalid('version', 'Send the version that you read.');
  throw new AppError('version_conflict', {
    message: 'Somebody else reported on this service in the meantime. Nothing was saved: look and decide.',
    extra: { version: theirs.version, conflicts: { report: { yours: report, theirs } } },
  });
}

function requireNear(field: string, at: string, { startsAt, endsAt }: { startsAt: string; endsAt: string }): void {
  const away = Math.max(Date.parse(startsAt) - Date.parse(at), Date.parse(at) - Date.parse(endsAt));
  if (away <= farthest * 3_600_000) return;
  throw invalid(field, `This is more than ${farthest} hours from the planned time. Is the date right?`);
}
