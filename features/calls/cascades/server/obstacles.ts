import { skillNames } from '#features/calls/instruments/skill-rules.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { SkipReason } from '../call-words.ts';
import type { Obstacles, ServiceSeats } from '../cascade-rules.ts';
import { instant } from './carry-out.ts';

/** Somebody who may be asked. */
export interface Asked {
  resourceId: string;
  /** Chosen by the office for this need: then their skills are its business. */
  byHand: boolean;
}

export interface Wanted {
  skill: string;
  doubles: readonly string[];
  /** With open seats. */
  services: readonly Pick<ServiceSeats, 'id' | 'startsAt' | 'endsAt'>[];
  /** Whose own calls are no obstacle. */
  cascadeId?: string | undefined;
}

/** Milliseconds since 1970. */
interface Time {
  from: number;
  to: number;
}

interface Found {
  resourceId: string;
  archived: boolean;
  email: boolean;
  suppressed: 'unsubscribed' | 'bounced' | 'by_hand' | null;
  skilled: boolean;
  doubling: boolean;
  /** Services at which they sit. */
  seated: string[];
  committed: Time[];
  away: Time[];
  /** What they are being asked for, and until when. */
  called: (Time & { until: number })[];
  busy: Time[];
}

export interface Looked extends Obstacles {
  /** A calendar of theirs has something then. It may be a lesson that can be moved, so it keeps nobody from being asked. */
  busy: boolean;
}

const ms = (at: string) => `(extract(epoch from ${at}) * 1000)::float8`;
const timesIn = (from: string, to: string, more = '') =>
  `coalesce(json_agg(json_build_object('from', ${ms(from)}, 'to', ${ms(to)}${more})), '[]'::json)`;

/**
 * What these people do between the first service and the last; what of it is in the way of which service is reckoned here.
 * Asked for every pair of them, 150 people and 8 services took ten times as long. Commitments and busy times are found
 * by their start, with the longest that there can be; a range search would not pass row security.
 */
const lookSql = `
  select r.id as "resourceId", r.archived_at is not null as archived, r.email is not null as email,
         (select s.reason from suppressed_addresses s
           where s.org_id = $1 and s.email = lower(r.email) and (s.kind is null or s.kind = 'call')
           order by s.reason limit 1) as suppressed,
         exists (select from resource_skills k where k.org_id = $1 and k.resource_id = r.id and lower(k.skill) = any($6::text[])) as skilled,
         not exists (select from jsonb_array_elements($7::jsonb) d(names) where not exists (
           select from resource_skills k where k.org_id = $1 and k.resource_id = r.id and d.names ? lower(k.skill))) as doubling,
         (select coalesce(array_agg(s.schedule_item_id::text), '{}') from seats s
           where s.org_id = $1 and s.resource_id = r.id and s.schedule_item_id = any($3::uuid[])) as seated,
         (select ${timesIn('c.starts_at', 'c.ends_at')} from claims c
           where c.org_id = $1 and c.resource_id = r.id and c.status = 'commit' and c.exclusive
             and c.starts_at < $5 and c.ends_at > $4 and c.starts_at > $4::timestamptz - interval '371 days') as committed,
         (select ${timesIn('t.starts_at', 't.ends_at')} from time_off t
           where t.org_id = $1 and t.resource_id = r.id and t.starts_at < $5 and t.ends_at > $4) as away,
         (select ${timesIn('lower(s.span)', 'upper(s.span)', `, 'until', ${ms('k.deadline_at')}`)}
            from call_services s join calls k on k.org_id = s.org_id and k.id = s.call_id
           where s.org_id = $1 and s.resource_id = r.id and s.open and k.cascade_id is distinct from $8::uuid) as called,
         (select ${timesIn('b.starts_at', 'b.ends_at')} from busy_times b
           where b.org_id = $1 and b.resource_id = r.id and b.starts_at < $5 and b.ends_at > $4
             and b.starts_at > $4::timestamptz - interval '31 days 1 hour') as busy
    from unnest($2::uuid[]) a(id) join resources r on r.org_id = $1 and r.id = a.id and r.kind = 'person'`;

/** What speaks against asking these people for these services, by person. */
export async function obstaclesOf(
  tx: Tx,
  { skill, doubles, services, cascadeId }: Wanted,
  people: readonly Asked[],
): Promise<Map<string, Looked>> {
  const starts = services.map(({ startsAt }) => startsAt);
  const ends = services.map(({ endsAt }) => endsAt);
  const rows = await tx.query<Found>(lookSql, [
    tx.scope.orgId,
    people.map(({ resourceId }) => resourceId),
    services.map(({ id }) => id),
    starts.length > 0 ? instant(Math.min(...starts)) : tx.scope.now,
    ends.length > 0 ? instant(Math.max(...ends)) : tx.scope.now,
    skillNames(skill),
    JSON.stringify(doubles.map(skillNames)),
    cascadeId ?? null,
  ]);
  const byHand = new Set(people.flatMap((one) => (one.byHand ? [one.resourceId] : [])));
  return new Map(rows.map((row) => [row.resourceId, obstaclesFrom(row, services, byHand.has(row.resourceId))]));
}

function obstaclesFrom(row: Found, services: Wanted['services'], byHand: boolean): Looked {
  const meets = (times: readonly Time[], { startsAt, endsAt }: Wanted['services'][number]) =>
    times.some(({ from, to }) => from < endsAt && to > startsAt);
  const at = new Map<string, SkipReason>();
  for (const service of services) {
    if (row.seated.includes(service.id)) at.set(service.id, 'on_roster_already');
    else if (meets(row.committed, service)) at.set(service.id, 'committed');
    else if (meets(row.away, service)) at.set(service.id, 'on_leave');
    else if (meets(row.called, service)) at.set(service.id, 'already_called');
  }
  const called = row.called.filter((time) => services.some((service) => meets([time], service)));
  return {
    lasting: lastingOf(row, byHand),
    at,
    calledUntil: called.length > 0 ? Math.max(...called.map(({ until }) => until)) : null,
    busy: services.some((service) => meets(row.busy, service)),
  };
}

function lastingOf({ archived, email, suppressed, skilled, doubling }: Found, byHand: boolean): SkipReason | null {
  if (archived) return 'archived';
  if (!byHand && !skilled) return 'missing_skill';
  if (!byHand && !doubling) return 'missing_double';
  if (!email) return 'no_address';
  if (suppressed === 'bounced') return 'unreachable';
  return suppressed === null ? null : 'opted_out';
}
