import type { Tx } from '#platform/db/tenant.ts';
import type { Answering, ReportQuery, ResponseTimes } from '../contract.ts';
import { periodOf } from './period.ts';

type Row = Answering & { resourceId: string | null; name: string | null; weekday: number | null; hour: number | null };

/**
 * How calls that were sent in a period were answered: all of them, by person, and by weekday and hour of sending. Calls
 * that are still open, or were taken back without an answer, count for nobody; of who withdrew, only that they had answered
 * is known, because their withdrawal has overwritten when.
 */
export async function responseTimes(tx: Tx, query: ReportQuery, zone: string): Promise<ResponseTimes> {
  const { from, to, startsAt, endsAt } = await periodOf(tx, query, zone);
  const rows = await tx.query<Row>(
    `with answers as (
       select c.resource_id, c.state, c.answered_at, c.state = 'withdrawn' or c.answered_at <= c.deadline_at as in_time,
              extract(isodow from c.sent_at at time zone $5)::int as weekday,
              extract(hour from c.sent_at at time zone $5)::int / 3 * 3 as hour,
              case when c.state <> 'withdrawn' then extract(epoch from c.answered_at - c.sent_at)::float8 / 60 end as minutes
         from calls c join needs n on n.org_id = c.org_id and n.id = c.need_id
        where c.org_id = $1 and c.sent_at >= $2 and c.sent_at < $3 and ($4::text is null or lower(n.skill) = lower($4))
          and (c.answered_at is not null or c.state in ('accepted', 'declined', 'expired', 'withdrawn'))),
     counted as (
       select resource_id, weekday, hour, count(*)::int as asked, count(answered_at)::int as answered,
              count(*) filter (where in_time)::int as in_time,
              count(*) filter (where state in ('accepted', 'withdrawn'))::int as accepted,
              percentile_cont(0.5) within group (order by minutes) as median,
              percentile_cont(0.9) within group (order by minutes) as p90
         from answers group by grouping sets ((), (resource_id), (weekday), (hour)))
     select t.resource_id as "resourceId", p.name, t.weekday, t.hour, t.asked, t.answered, t.in_time as "inTime",
            t.accepted, t.median as "medianMinutes", t.p90 as "p90Minutes"
       from counted t left join resources p on p.org_id = $1 and p.id = t.resource_id
      order by p.name, t.resource_id, t.weekday, t.hour`,
    [tx.scope.orgId, startsAt, endsAt, query.skill ?? null, zone],
  );
  const [all = nobody] = rows.filter((row) => row.resourceId === null && row.weekday === null && row.hour === null);
  return {
    from,
    to,
    all,
    people: rows.flatMap((row) =>
      row.resourceId === null ? [] : { ...row, resourceId: row.resourceId, name: row.name ?? '' },
    ),
    weekdays: rows.flatMap((row) => (row.weekday === null ? [] : { ...row, weekday: row.weekday })),
    hours: rows.flatMap((row) => (row.hour === null ? [] : { ...row, hour: row.hour })),
  };
}

const nobody: Answering = { asked: 0, answered: 0, inTime: 0, accepted: 0, medianMinutes: null, p90Minutes: null };
