import type { Tx } from '#platform/db/tenant.ts';
import type { Hours } from '../contract.ts';
import { withinHours } from '../rules.ts';
import { momentText } from '../hours-words.ts';

export interface AskedTime {
  resourceId: string;
  /** ISO instants. */
  startsAt: string;
  endsAt: string;
}

export interface AvailabilityWarning {
  resourceId: string;
  message: string;
}

interface Known {
  resourceId: string;
  name: string;
  zone: string;
  startsAt: string;
  endsAt: string;
  hours: Hours[];
  away: { startsAt: string; endsAt: string; reason: string }[];
  busy: { startsAt: string; endsAt: string; summary: string }[];
}

/**
 * Why these times may not suit these resources: outside of their hours, time off, busy elsewhere. It is
 * advice; nothing here stops a booking. Resources that don't exist get no warning.
 */
export async function availabilityWarnings(tx: Tx, asks: readonly AskedTime[]): Promise<AvailabilityWarning[]> {
  const known = await tx.query<Known>(
    `select r.id as "resourceId", r.name, r.zone, iso(a.starts_at) as "startsAt", iso(a.ends_at) as "endsAt",
            coalesce((select json_agg(json_build_object('weekday', w.weekday, 'startsMinute', w.starts_minute, 'endsMinute', w.ends_minute))
              from working_hours w where w.org_id = $1 and w.resource_id = r.id), '[]'::json) as hours,
            coalesce((select json_agg(json_build_object('startsAt', iso(o.starts_at), 'endsAt', iso(o.ends_at), 'reason', o.reason) order by o.starts_at)
              from time_off o where o.org_id = $1 and o.resource_id = r.id and o.starts_at < a.ends_at and o.ends_at > a.starts_at), '[]'::json) as away,
            coalesce((select json_agg(json_build_object('startsAt', iso(b.starts_at), 'endsAt', iso(b.ends_at), 'summary', b.summary) order by b.starts_at)
              from busy_times b where b.org_id = $1 and b.resource_id = r.id and b.starts_at < a.ends_at and b.ends_at > a.starts_at
               and b.starts_at > a.starts_at - interval '31 days 1 hour'), '[]'::json) as busy
       from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality as a(resource_id, starts_at, ends_at, n)
       join resources r on r.org_id = $1 and r.id = a.resource_id
      order by a.n`,
    [
      tx.scope.orgId,
      asks.map(({ resourceId }) => resourceId),
      asks.map(({ startsAt }) => startsAt),
      asks.map(({ endsAt }) => endsAt),
    ],
  );
  return known.flatMap((one) => messagesOf(one).map((message) => ({ resourceId: one.resourceId, message })));
}

function messagesOf({ name, zone, startsAt, endsAt, hours, away, busy }: Known): string[] {
  const outside = !withinHours(hours, Date.parse(startsAt), Date.parse(endsAt), zone);
  const [off] = away;
  const [elsewhere] = busy;
  const more = (count: number) => (count > 1 ? `, and ${count - 1} more` : '');
  return [
    ...(outside ? [`This time reaches outside of the weekly hours of ${name}.`] : []),
    ...(off
      ? [
          `${name} is away until ${momentText(off.endsAt, zone)}${off.reason === '' ? '' : ` (${off.reason})`}${more(away.length)}.`,
        ]
      : []),
    ...(elsewhere
      ? [
          `${name} is busy elsewhere from ${momentText(elsewhere.startsAt, zone)} to ${momentText(elsewhere.endsAt, zone)}: ${elsewhere.summary || 'Busy'}${more(busy.length)}.`,
        ]
      : []),
  ];
}
