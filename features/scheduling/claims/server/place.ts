import pg from 'pg';
import { AppError, invalid } from '#platform/contract/errors.ts';
import { Refused, type Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Caller } from '#platform/http/feature.ts';
import { RawJson } from '#platform/contract/raw-json.ts';
import type { ClaimInput, Conflict } from '../contract.ts';
import { commitConflict, overlaps } from '../rules.ts';
import { setRank } from './commands.ts';
import { conflictError } from './conflicts.ts';
import { meetingsOf, newClaimJson } from './queries.ts';
import { lockResources, scheduleExpiry } from './queue.ts';

export interface Placement {
  engagementId: string | null;
  claims: readonly ClaimInput[];
}

/**
 * One statement for any number of claims. `on conflict do nothing` and no plain insert: under contention
 * that took 2 s where the plain one took 60 s and died of deadlocks. Sorted, so that two senders meet the
 * resources in one order. Fewer rows than asked for means a conflict. Measured over HTTP with its key and
 * history: see bench/README.md.
 */
export const insertClaims = `
  with asked as (
    select * from unnest($4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::text[], $9::int[], $10::timestamptz[], $11::text[])
      as a(id, resource_id, starts_at, ends_at, status, units, expires_at, note)),
  r as (
    insert into claims (org_id, id, resource_id, engagement_id, group_id, status, starts_at, ends_at, zone, rank, units,
                        exclusive, expires_at, note, placed_by)
    select $1, a.id, a.resource_id, $2, $3, a.status, a.starts_at, a.ends_at, p.zone,
           case when a.status = 'hold' then 1 + coalesce((
             select max(h.rank) from claims h
              where h.org_id = $1 and h.resource_id = a.resource_id and h.status = 'hold' and h.starts_at < a.ends_at
                and h.ends_at > a.starts_at and h.starts_at > a.starts_at - interval '371 days'), 0) end,
           a.units, p.exclusive, a.expires_at, a.note, $12
      -- A sub-select per claim and no join: the planner doesn't know how few there are and hashed all resources.
      from asked a cross join lateral (
        select p.id, p.zone, p.exclusive, p.capacity from resources p
         where p.org_id = $1 and p.id = a.resource_id and p.archived_at is null limit 1) p
     -- A trigger holds the truth; asked here, a refusal can name its reasons.
     where p.exclusive or a.status <> 'commit'
        or peak_units($1, p.id, a.starts_at, a.ends_at) + a.units <= p.capacity
     order by a.resource_id, a.starts_at
    on conflict on constraint claims_commit_no_overlap do nothing
    returning *)
  select set_config('app.answer',
           case when $13::boolean and count(*) < cardinality($4) then refuse_partial_placement()
                else json_build_object('claims', json_agg(${newClaimJson} order by array_position($4::uuid[], r.id)))::text end,
           true) as answer,
         count(*)::int as placed
    from r`;

/** Raised by the statement itself when it placed fewer claims than asked for. */
const partial = 'HF002';

type Asked = ClaimInput & { id: string };

/**
 * Places all claims or none, as the last thing that a request does: the lock, the insert, the answer's
 * keeping and the commit are one round trip.
 *
 * @returns the answer's JSON, in the order asked
 * @throws AppError conflict (`extra.conflicts`), invalid_input
 */
export async function placeClaims(tx: Tx, placement: Placement): Promise<RawJson> {
  const asked = namedClaims(placement.claims);
  if (asked.some(({ rank }) => rank !== undefined)) return placeRanked(tx, placement.engagementId, asked);
  prepare(tx, asked);
  try {
    return new RawJson(await tx.last(insertClaims, insertValues(tx, placement.engagementId, asked, true)));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== partial) throw error;
    throw new Refused((fresh) => refusal(fresh, asked));
  }
}

/** The same within a transaction that goes on. @throws AppError conflict, invalid_input */
export async function insertAll(tx: Tx, engagementId: string | null, asked: readonly Asked[]): Promise<void> {
  prepare(tx, asked);
  const [result] = await tx.query<{ placed: number }>(insertClaims, insertValues(tx, engagementId, asked, false));
  if (!result || result.placed < asked.length) throw await refusal(tx, asked);
}

/**
 * The same as `placeClaims` within a transaction that goes on.
 * @returns the claims' ids, in the order asked. @throws AppError conflict, invalid_input
 */
export async function placeWithin(tx: Tx, { engagementId, claims }: Placement): Promise<string[]> {
  const asked = namedClaims(claims);
  await insertRanked(tx, engagementId, asked);
  return asked.map(({ id }) => id);
}

/** Nobody gets before others by holding anew who may not change the order of what is there. @throws AppError forbidden */
export function requireRanking(caller: Pick<Caller, 'can' | 'roleName'>, claims: readonly ClaimInput[]): void {
  if (caller.can('claims.commit') || claims.every(({ rank }) => rank === undefined)) return;
  throw new AppError('forbidden', {
    message: `Your role (${caller.roleName}) doesn’t allow you to change the order of holds. Hold without a rank: it comes last.`,
    extra: { permission: 'claims.commit' },
  });
}

/** Holds that want a place of their own in the queue: placed last, then moved up. */
async function insertRanked(tx: Tx, engagementId: string | null, asked: readonly Asked[]): Promise<void> {
  await insertAll(tx, engagementId, asked);
  for (const { id, rank } of asked) if (rank !== undefined) await setRank(tx, id, rank);
}

async function placeRanked(tx: Tx, engagementId: string | null, asked: readonly Asked[]): Promise<RawJson> {
  await insertRanked(tx, engagementId, asked);
  const [placed] = await tx.query<{ claims: string }>(
    `select json_agg(${newClaimJson} order by w.n)::text as claims
       from unnest($2::uuid[]) with ordinality as w(id, n) join claims r on r.org_id = $1 and r.id = w.id`,
    [tx.scope.orgId, asked.map(({ id }) => id)],
  );
  return new RawJson(`{"claims":${placed?.claims ?? '[]'}}`);
}

function namedClaims(claims: readonly ClaimInput[]): Asked[] {
  requireDistinct(claims);
  return claims.map((claim) => ({ ...claim, id: claim.id ?? uuidv7() }));
}

/** What travels before the insert: the lock of the queues, and the jobs of what expires. Plain commits need no lock. */
function prepare(tx: Tx, asked: readonly Asked[]): void {
  const queues = asked.filter(({ status }) => status === 'hold').map(({ resourceId }) => resourceId);
  const sent = queues.length > 0 ? [lockResources(tx, queues)] : [];
  for (const { id, expiresAt } of asked) if (expiresAt) sent.push(scheduleExpiry(tx, id, expiresAt));
  // A failure here fails the insert behind it, which reports it.
  for (const promise of sent) promise.catch(() => undefined);
}

function insertValues(tx: Tx, engagementId: string | null, asked: readonly Asked[], strict: boolean): unknown[] {
  return [
    tx.scope.orgId,
    engagementId,
    uuidv7(),
    asked.map(({ id }) => id),
    asked.map(({ resourceId }) => resourceId),
    asked.map(({ startsAt }) => startsAt),
    asked.map(({ endsAt }) => endsAt),
    asked.map(({ status }) => status),
    asked.map(({ units }) => units),
    asked.map(({ expiresAt }) => expiresAt),
    asked.map(({ note }) => note),
    tx.scope.actor,
    strict,
  ];
}

/** Two claims of one request must not compete with each other. */
function requireDistinct(claims: readonly ClaimInput[]): void {
  claims.forEach((claim, index) => {
    if (claim.status === 'commit' && claim.expiresAt) {
      throw invalid(`claims.${index}.expiresAt`, 'A commitment does not expire; only pencils and holds do.');
    }
    if (claim.status !== 'hold' && claim.rank !== undefined) {
      throw invalid(`claims.${index}.rank`, 'Only a hold has a rank.');
    }
    const twin = claims.findIndex(
      (other, at) =>
        at < index &&
        other.resourceId === claim.resourceId &&
        other.status === 'hold' &&
        claim.status === 'hold' &&
        overlaps(other, claim),
    );
    if (twin >= 0)
      throw invalid(
        `claims.${index}`,
        `It overlaps claim ${twin} on the same resource. Join them or choose another time.`,
      );
  });
}

/** Says why fewer claims were placed than asked for. */
async function refusal(tx: Tx, claims: readonly (ClaimInput & { id: string })[]): Promise<AppError> {
  const meetings = await meetingsOf(tx, claims);
  const known = new Set(meetings.map(({ index }) => index));
  const unknown = claims.findIndex((_, index) => !known.has(index));
  if (unknown >= 0) return invalid(`claims.${unknown}.resourceId`, 'There is no resource with this id.');
  const own = new Set(claims.map(({ id }) => id));
  const refused = meetings.flatMap((met): Conflict[] => {
    const wanted = claims[met.index];
    // Claims of this very request that were placed before the refused one are no blockers.
    const meeting = { ...met, standing: met.standing.filter(({ claimId }) => !own.has(claimId)) };
    const conflict = wanted && (wanted.status === 'commit' || meeting.archived) ? commitConflict(meeting) : undefined;
    return conflict ? [conflict] : [];
  });
  return conflictError(refused.length > 0 ? refused : conflictsWithin(claims));
}

/** What is left when nothing stands in the way but the request itself (or what stood there is gone again). */
function conflictsWithin(claims: readonly ClaimInput[]): Conflict[] {
  const commits = claims.filter(({ status }) => status === 'commit');
  return commits.flatMap((claim, index): Conflict[] => {
    const twin = commits.find(
      (other, at) => at < index && other.resourceId === claim.resourceId && overlaps(other, claim),
    );
    if (!twin) return [];
    const { resourceId, startsAt, endsAt } = claim;
    const message = 'This request claims the same resource twice at that time.';
    return [{ resourceId, resourceName: '', startsAt, endsAt, reason: 'committed', blockers: [], message }];
  });
}
