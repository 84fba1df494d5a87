import { rowJson } from '#platform/db/rows.ts';
import { resourceShape } from '#features/scheduling/resources/server/queries.ts';
import { longestByHours } from '#features/scheduling/availability/rules.ts';
import type { FindQuery } from '../contract.ts';

/** What the statement needs besides the query: the wall clock of each zone, as JSON for json_to_recordset. */
export interface FindStatement {
  text: string;
  values: unknown[];
}

const resourceJson = rowJson(resourceShape);

/**
 * The search as one statement.
 *
 * Candidates are put in the order of what doesn't depend on the time (level, distance, rate, name) and
 * then walked one by one: each is checked by a handful of index probes, and the walk ends when the page
 * is sure. 'Fewer holds' ranks before rate and name, yet needn't be known of all: among equals nobody
 * can come before those whom nobody else wants, so once `limit + 1` of these were met, whoever comes
 * later in the walk ranks behind them. `clear_before` counts them, and as a window's run condition
 * it stops the walk. `most` bounds the candidates: knowing it, PostgreSQL takes them in order from
 * an index where there is one, instead of sorting them all. `unsure` says that it cut something off.
 *
 * PostgreSQL 18, as the app's role, 10,000 resources, 1,000,000 claims, a page of 50, generic plan:
 * 54 candidates looked at, 1,250 buffers, all from indexes (claims_commits backward, claims_calendar);
 * 3.3 ms with the round trip, of which the probes take 1.6 and the JSON of 51 records 1.1. Sorting all 8,000
 * people instead of walking an index: 8.7 ms. All checks for all of them: 140 ms. More in README.md.
 */
export function findStatement(orgId: string, query: FindQuery, wallClocks: string, most: number | null): FindStatement {
  const values: unknown[] = [];
  const mark = (value: unknown) => `$${values.push(value)}`;
  const org = mark(orgId);
  const from = `${mark(query.startsAt)}::timestamptz`;
  const to = `${mark(query.endsAt)}::timestamptz`;
  const walls = `${mark(wallClocks)}::json`;
  const limit = `${mark(query.limit)}::int`;
  const units = `${mark(query.units)}::int`;
  const bound = `${mark(most)}::bigint`;
  const candidates = candidatesSql(query, org, mark);
  const time = { org, from, to, units };
  const free = [pooledOrExclusive(time), notAway(time), notBusy(time), withinHoursSql(time, query)];
  const text = `
with recursive zones as (
  (select zone from resources where org_id = ${org} order by zone limit 1)
  union all
  select (select r.zone from resources r where r.org_id = ${org} and r.zone > z.zone order by r.zone limit 1)
    from zones z where z.zone is not null),
walls as materialized (select * from json_to_recordset(${walls}) as w(zone text, weekday int, starts_ms int, ends_ms int)),
walked as (
  select s.id, s.level, s.distance, s.rate, s.name, s.capacity, i.holds, i.pencils,
         count(case when i.holds + i.pencils = 0 then 1 end)
           over (order by ${candidates.order} rows between unbounded preceding and 1 preceding) as clear_before
    from (${candidates.text} order by ${candidates.order} limit ${bound}) s
         cross join lateral (${interest(time)}) i
   where ${free.join('\n     and ')}),
page as (
  select *, count(case when holds + pencils = 0 then 1 end) over () as clear from walked w where clear_before <= ${limit}
   order by level desc nulls last, distance, holds + pencils, rate, name, id limit ${limit} + 1)
select (select array_agg(zone) from zones where zone is not null) as zones, p.*, ${resourceJson}::text as resource,
       case when coalesce(p.clear, 0) <= ${limit} then (select count(*) = ${bound} from (${candidates.text} limit ${bound}) c) end as unsure,
       case when p.capacity is not null then p.capacity - ${peak(time, 'p.id')} end as "freeUnits",
       r.rate_minor as "rateMinor", r.rate_currency as "rateCurrency", r.rate_unit as "rateUnit"
  from (select 1) one left join page p on true left join resources r on r.org_id = ${org} and r.id = p.id
 order by p.level desc nulls last, p.distance, p.holds + p.pencils, p.rate, p.name, p.id`;
  return { text, values };
}

/** Filters and sort keys that don't depend on the time. */
function candidatesSql(
  query: FindQuery,
  org: string,
  mark: (value: unknown) => string,
): { text: string; order: string } {
  const where = [`r.org_id = ${org}`, `r.kind = ${mark(query.kind)}`, 'r.archived_at is null'];
  let from = 'resources r';
  const order: string[] = [];
  let level = 'null::smallint';
  let distance = 'null::double precision';
  let rate = 'null::bigint';
  if (query.skill !== undefined) {
    // `offset 0` keeps it a look-up per person with the skill; as a join, all resources were read and hashed.
    from = `resource_skills k cross join lateral (select * from resources x where x.org_id = ${org} and x.id = k.resource_id offset 0) r`;
    where.push(`k.org_id = ${org}`, `k.skill = ${mark(query.skill)}`, `k.level >= ${mark(query.minLevel)}`);
    level = 'k.level';
    order.push('level desc');
  }
  if (query.latitude !== undefined) {
    const point = {
      latitude: `${mark(query.latitude)}::double precision`,
      longitude: `${mark(query.longitude)}::double precision`,
    };
    distance = haversine(point);
    order.push('distance');
    if (query.withinKm !== undefined) {
      const km = `${mark(query.withinKm)}::double precision`;
      // A band of latitudes first: two comparisons spare most the trigonometry. A degree is at least 110.5 km.
      where.push(`r.latitude between ${point.latitude} - ${km} / 110.5 and ${point.latitude} + ${km} / 110.5`);
      where.push(`${distance} <= ${km}`);
    }
  }
  if (query.rateCurrency !== undefined && query.rateUnit !== undefined) {
    const same = `r.rate_currency = ${mark(query.rateCurrency)} and r.rate_unit = ${mark(query.rateUnit)}`;
    // Amounts of different currencies or units don't compare: outside of the one asked for, rate doesn't rank.
    rate = `case when ${same} then r.rate_minor end`;
    order.push('rate');
    if (query.maxRateMinor !== undefined) where.push(same, `r.rate_minor <= ${mark(query.maxRateMinor)}`);
  }
  if (query.tags?.length) where.push(`r.tags @> ${mark(query.tags)}::text[]`);
  if (query.ids) where.push(`r.id = any(${mark(query.ids)}::uuid[])`);
  order.push('name', 'id');
  return {
    text: `select r.id, r.zone, r.capacity, r.name, ${level} as level, ${distance} as distance, ${rate} as rate
            from ${from} where ${where.join(' and ')}`,
    order: order.join(', '),
  };
}

/** Great-circle distance in km on a sphere of the Earth's mean radius. */
function haversine({ latitude, longitude }: { latitude: string; longitude: string }): string {
  return `(12742.0176 * asin(least(1, sqrt(sin(radians(r.latitude - ${latitude}) / 2) ^ 2
    + cos(radians(${latitude})) * cos(radians(r.latitude)) * sin(radians(r.longitude - ${longitude}) / 2) ^ 2))))`;
}

interface Time {
  org: string;
  from: string;
  to: string;
  units: string;
}

// The conditions are scalar sub-selects and not `not exists`: those may become a join that reads every
// claim there is, while these stay a probe per candidate that is looked at.

/** Commitments of an exclusive resource never overlap, so only the last to begin before the end can reach in. */
function pooledOrExclusive(time: Time): string {
  const { org, from, to, units } = time;
  return `case when s.capacity is null then coalesce((select c.ends_at from claims c
              where c.org_id = ${org} and c.resource_id = s.id and c.status = 'commit' and c.starts_at < ${to}
              order by c.starts_at desc limit 1) <= ${from}, true)
            else ${peak(time, 's.id')} + ${units} <= s.capacity end`;
}

/** The most units committed at any instant of the time: the sum can only rise where a commitment begins. */
function peak({ org, from, to }: Time, resource: string): string {
  const reaches = (c: string) => `${c}.org_id = ${org} and ${c}.resource_id = ${resource} and ${c}.status = 'commit'
      and ${c}.starts_at < ${to} and ${c}.ends_at > ${from} and ${c}.starts_at > ${from} - interval '371 days'`;
  return `coalesce((select max((select sum(u.units)::int from claims u where ${reaches('u')}
      and u.starts_at <= greatest(b.starts_at, ${from}) and u.ends_at > greatest(b.starts_at, ${from})))
    from claims b where ${reaches('b')}), 0)`;
}

function notAway({ org, from, to }: Time): string {
  return `(select 1 from time_off o where o.org_id = ${org} and o.resource_id = s.id and o.starts_at < ${to}
            and o.ends_at > ${from} limit 1) is null`;
}

/** Busy times are at most 31 days long. */
function notBusy({ org, from, to }: Time): string {
  return `(select 1 from busy_times b where b.org_id = ${org} and b.resource_id = s.id and b.starts_at < ${to}
            and b.ends_at > ${from} and b.starts_at > ${from} - interval '31 days 1 hour' limit 1) is null`;
}

/**
 * The same rule as `withinHours`. By hours: what the stretches cover adds up to the time itself, for the
 * pieces of the wall clock do. By days: each weekday touched has hours.
 */
function withinHoursSql({ org, from, to }: Time, query: FindQuery): string {
  // Ordered, so that it takes the btree: the constraint's GiST index costs twice as much to ask.
  const none = `(select w.weekday from working_hours w where w.org_id = ${org} and w.resource_id = s.id order by w.weekday limit 1) is null`;
  const byDays = `(select bool_and((select 1 from working_hours w where w.org_id = ${org} and w.resource_id = s.id
      and w.weekday = l.weekday limit 1) is not null) from walls l where l.zone = s.zone)`;
  const byHours = `(select coalesce(sum(least(w.ends_minute * 60000, l.ends_ms) - greatest(w.starts_minute * 60000, l.starts_ms)), 0)
      from walls l join working_hours w on w.org_id = ${org} and w.resource_id = s.id and w.weekday = l.weekday
       and w.starts_minute * 60000 < l.ends_ms and w.ends_minute * 60000 > l.starts_ms
     where l.zone = s.zone) = round(extract(epoch from ${to} - ${from}) * 1000)`;
  return `(${none} or ${isLong(query) ? byDays : byHours})`;
}

export function isLong({ startsAt, endsAt }: FindQuery): boolean {
  return Date.parse(endsAt) - Date.parse(startsAt) > longestByHours;
}

/** Holds and pencils at the time. A claim lasts at most 370 days. */
function interest({ org, from, to }: Time): string {
  return `select count(*) filter (where c.status = 'hold')::int as holds, count(*) filter (where c.status = 'pencil')::int as pencils
      from claims c where c.org_id = ${org} and c.resource_id = s.id and c.starts_at < ${to} and c.ends_at > ${from}
       and c.starts_at > ${from} - interval '371 days' and c.status <> 'commit'`;
}
