import type { RouteInput, RouteOutput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { getRow, rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { timeOff, type availability, type Hours } from '../contract.ts';

type Routes = (typeof availability)['routes'];
export type TimeOff = RouteOutput<Routes['addTimeOff']>;
export type Calendar = RouteOutput<Routes['addCalendar']>;
export type Feed = RouteOutput<Routes['createFeed']>['feed'];

const timeOffShape: RowShape = { entity: timeOff };
const timeOffJson = rowJson(timeOffShape);

/** @throws AppError not_found, so that nobody mistakes an unknown resource for one that is always there */
export async function getHours(tx: Tx, resourceId: string): Promise<{ hours: Hours[] }> {
  const [row] = await tx.query<{ hours: Hours[] }>(
    `select coalesce((
              select json_agg(json_build_object('weekday', w.weekday, 'startsMinute', w.starts_minute, 'endsMinute', w.ends_minute)
                              order by w.weekday, w.starts_minute)
                from working_hours w where w.org_id = $1 and w.resource_id = r.id), '[]'::json) as hours
       from resources r where r.org_id = $1 and r.id = $2`,
    [tx.scope.orgId, resourceId],
  );
  if (!row) throw notFound('This resource');
  return row;
}

/** @param own only of this account's person */
export async function listTimeOff(
  tx: Tx,
  { resourceId, from, to }: RouteInput<Routes['listTimeOff']>['query'],
  own?: string,
): Promise<{ items: TimeOff[] }> {
  const rows = await tx.query<{ row: TimeOff }>(
    `select ${timeOffJson} as row from time_off r
      where r.org_id = $1 and ($2::uuid is null or r.resource_id = $2)
        and ($3::timestamptz is null or r.ends_at > $3) and ($4::timestamptz is null or r.starts_at < $4)
        and ($5::uuid is null or r.resource_id in (select id from resources where org_id = $1 and user_id = $5))
      order by r.starts_at, r.id limit 5000`,
    [tx.scope.orgId, resourceId ?? null, from ?? null, to ?? null, own ?? null],
  );
  return { items: rows.map(({ row }) => row) };
}

export function getTimeOff(tx: Tx, id: string): Promise<TimeOff> {
  return getRow<TimeOff>(tx, timeOffShape, id);
}

/** Whoever knows the rest reads the calendar, as often as they like. It is shown to nobody again, a support grant least. */
const shownAddress = `substring(c.url from '^https://[^/?#]+') || '/…'`;

const calendarColumns = `c.id, c.resource_id as "resourceId", c.name, ${shownAddress} as url, iso(c.refreshed_at) as "refreshedAt",
  c.last_error as "lastError",
  (select count(*)::int from busy_times b where b.org_id = c.org_id and b.calendar_id = c.id) as events`;

export async function listCalendars(tx: Tx, resourceId: string): Promise<{ items: Calendar[] }> {
  await requireResource(tx, resourceId);
  const items = await tx.query<Calendar>(
    `select ${calendarColumns} from calendars c where c.org_id = $1 and c.resource_id = $2 order by c.name, c.id`,
    [tx.scope.orgId, resourceId],
  );
  return { items };
}

export async function getCalendar(tx: Tx, id: string): Promise<Calendar> {
  const [row] = await tx.query<Calendar>(
    `select ${calendarColumns} from calendars c where c.org_id = $1 and c.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound('This calendar');
  return row;
}

export async function listFeeds(tx: Tx): Promise<{ items: Feed[] }> {
  const items = await tx.query<Feed>(
    `select id, name, resource_id as "resourceId", engagement_id as "engagementId", iso(created_at) as "createdAt"
       from feeds where org_id = $1 order by name, id`,
    [tx.scope.orgId],
  );
  return { items };
}

/** @returns its time zone */
export async function requireResource(tx: Tx, id: string): Promise<string> {
  const [row] = await tx.query<{ zone: string }>('select zone from resources where org_id = $1 and id = $2', [
    tx.scope.orgId,
    id,
  ]);
  if (!row) throw notFound('This resource');
  return row.zone;
}
