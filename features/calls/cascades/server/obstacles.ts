import { requiredSkill } from '#features/calls/instruments/skill-rules.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { SkipReason } from '../call-words.ts';
import type { Obstacles } from '../cascade-rules.ts';

/** Somebody who may be asked. */
export interface Asked {
  resourceId: string;
  /** Chosen by the office for this need: then their skills are its business. */
  byHand: boolean;
}

export interface Wanted {
  skill: string;
  doubles: readonly string[];
  /** Services with open seats. */
  services: readonly string[];
  /** Whose own calls are no obstacle. */
  cascadeId?: string | undefined;
}

interface Found {
  resourceId: string;
  archived: boolean;
  email: boolean;
  suppressed: 'unsubscribed' | 'bounced' | 'by_hand' | null;
  skilled: boolean;
  doubling: boolean;
  busy: boolean;
  clashes: { service: string; seated: boolean; committed: boolean; away: boolean; called: number | null }[] | null;
}

export interface Looked extends Obstacles {
  /** A calendar of theirs has something then. It may be a lesson that can be moved, so it keeps nobody from being asked. */
  busy: boolean;
}

/** No commitment is longer; without this bound the whole past would be searched. */
const longest = "interval '371 days'";

/** What speaks against asking these people for these services, by person. */
export async function obstaclesOf(
  tx: Tx,
  { skill, doubles, services, cascadeId }: Wanted,
  people: readonly Asked[],
): Promise<Map<string, Looked>> {
  const rows = await tx.query<Found>(
    `with wanted as (
       select id, starts_at, ends_at from schedule_items where org_id = $1 and id = any($3::uuid[]))
     select r.id as "resourceId", r.archived_at is not null as archived, r.email is not null as email,
            (select s.reason from suppressed_addresses s
              where s.org_id = $1 and s.email = lower(r.email) and (s.kind is null or s.kind = 'call')
              order by s.reason limit 1) as suppressed,
            exists (select from resource_skills k where k.org_id = $1 and k.resource_id = r.id and lower(k.skill) = lower($4)) as skilled,
            not exists (select from unnest($5::text[]) d(skill) where not exists (
              select from resource_skills k where k.org_id = $1 and k.resource_id = r.id and lower(k.skill) = lower(d.skill))) as doubling,
            exists (select from wanted w join busy_times b on b.org_id = $1 and b.resource_id = r.id
                     and b.starts_at < w.ends_at and b.ends_at > w.starts_at
                     and b.starts_at > w.starts_at - interval '31 days 1 hour') as busy,
            (select json_agg(c) from (
               select w.id as service,
                      exists (select from seats s where s.org_id = $1 and s.schedule_item_id = w.id and s.resource_id = r.id) as seated,
                      exists (select from claims c where c.org_id = $1 and c.resource_id = r.id and c.status = 'commit' and c.exclusive
                                 and c.starts_at < w.ends_at and c.ends_at > w.starts_at and c.starts_at > w.starts_at - ${longest}) as committed,
                      exists (select from time_off t where t.org_id = $1 and t.resource_id = r.id
                                 and t.starts_at < w.ends_at and t.ends_at > w.starts_at) as away,
                      (select (extract(epoch from max(k.deadline_at)) * 1000)::float8
                         from call_services s join calls k on k.org_id = s.org_id and k.id = s.call_id
                        where s.org_id = $1 and s.resource_id = r.id and s.open and k.cascade_id is distinct from $6::uuid
                          and s.span && tstzrange(w.starts_at, w.ends_at, '[)')) as called
                 from wanted w) c where c.seated or c.committed or c.away or c.called is not null) as clashes
       from unnest($2::uuid[]) a(id) join resources r on r.org_id = $1 and r.id = a.id and r.kind = 'person'`,
    [
      tx.scope.orgId,
      people.map(({ resourceId }) => resourceId),
      services,
      requiredSkill(skill),
      doubles.map(requiredSkill),
      cascadeId ?? null,
    ],
  );
  const byHand = new Set(people.flatMap((one) => (one.byHand ? [one.resourceId] : [])));
  return new Map(rows.map((row) => [row.resourceId, obstaclesFrom(row, byHand.has(row.resourceId))]));
}

function obstaclesFrom(row: Found, byHand: boolean): Looked {
  const clashes = row.clashes ?? [];
  const called = clashes.flatMap((clash) => clash.called ?? []);
  return {
    lasting: lastingOf(row, byHand),
    at: new Map(clashes.map((clash) => [clash.service, clashOf(clash)])),
    calledUntil: called.length > 0 ? Math.max(...called) : null,
    busy: row.busy,
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

function clashOf({ seated, committed, away }: { seated: boolean; committed: boolean; away: boolean }): SkipReason {
  if (seated) return 'on_roster_already';
  if (committed) return 'committed';
  return away ? 'on_leave' : 'already_called';
}
