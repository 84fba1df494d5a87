import { invalid, type AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { RawJson } from '#platform/http/feature.ts';
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
const insertClaims = `
  with asked as (
    select * from json_to_recordset($4::json) as a(
      id uuid, "resourceId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, status text, units int,
      "expiresAt" timestamptz, note text, n int)),
  r as (
    insert into claims (org_id, id, resource_id, engagement_id, group_id, status, starts_at, ends_at, zone, rank, units,
                        exclusive, expires_at, note, placed_by)
    select $1, a.id, a."resourceId", $2, $3, a.status, a."startsAt", a."endsAt", p.zone,
           case when a.status = 'hold' then 1 + coalesce((
             select max(h.rank) from claims h
              where h.org_id = $1 and h.resource_id = a."resourceId" and h.status = 'hold' and h.starts_at < a."endsAt"
                and h.ends_at > a."startsAt" and h.starts_at > a."startsAt" - interval '371 days'), 0) end,
           a.units, p.exclusive, a."expiresAt", a.note, $5
      from asked a join resources p on p.org_id = $1 and p.id = a."resourceId" and p.archived_at is null
     -- A trigger holds the truth; asked here, a refusal can name its reasons.
     where p.exclusive or a.status <> 'commit'
        or peak_units($1, p.id, a."startsAt", a."endsAt") + a.units <= p.capacity
     order by a."resourceId", a."startsAt"
    on conflict on constraint claims_commit_no_overlap do nothing
    returning *)
  select count(*)::int as placed, coalesce(json_agg(${newClaimJson} order by a.n), '[]'::json)::text as claims
    from r join asked a on a.id = r.id`;

/**
 * Places all claims or none.
 * @returns `{ claims: [...] }` as JSON, in the order asked
 * @throws AppError conflict (`extra.conflicts`), invalid_input
 */
export async function placeClaims(tx: Tx, { engagementId, claims }: Placement): Promise<RawJson> {
  requireDistinct(claims);
  const asked = claims.map((claim, n) => ({ ...claim, id: claim.id ?? uuidv7(), n }));
  const holds = asked.filter(({ status }) => status === 'hold');
  // Travels with the insert. Plain commits need no lock: the constraint orders them.
  const locked = holds.length > 0 ? lockResources(tx, [...new Set(holds.map(({ resourceId }) => resourceId))]) : undefined;
  const inserted = tx.query<{ placed: number; claims: string }>(insertClaims, [
    tx.scope.orgId,
    engagementId,
    uuidv7(),
    JSON.stringify(asked),
    tx.scope.actor,
  ]);
  await locked;
  const [result] = await inserted;
  if (!result || result.placed < claims.length) throw await refusal(tx, asked);
  for (const { id, expiresAt } of asked) if (expiresAt) await scheduleExpiry(tx, id, expiresAt);
  const ranked = holds.filter(({ rank }) => rank !== undefined);
  if (ranked.length === 0) return new RawJson(`{"claims":${result.claims}}`);
  for (const { id, rank } of ranked) await setRank(tx, id, rank ?? 1);
  const [again] = await tx.query<{ claims: string }>(
    `select json_agg(${newClaimJson} order by w.n)::text as claims
       from unnest($2::uuid[]) with ordinality as w(id, n) join claims r on r.org_id = $1 and r.id = w.id`,
    [tx.scope.orgId, asked.map(({ id }) => id)],
  );
  return new RawJson(`{"claims":${again?.claims ?? '[]'}}`);
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
      (other, at) => at < index && other.resourceId === claim.resourceId && other.status === 'hold' && claim.status === 'hold' && overlaps(other, claim),
    );
    if (twin >= 0) throw invalid(`claims.${index}`, `It overlaps claim ${twin} on the same resource. Join them or choose another time.`);
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
    const twin = commits.find((other, at) => at < index && other.resourceId === claim.resourceId && overlaps(other, claim));
    if (!twin) return [];
    const { resourceId, startsAt, endsAt } = claim;
    const message = 'This request claims the same resource twice at that time.';
    return [{ resourceId, resourceName: '', startsAt, endsAt, reason: 'committed', blockers: [], message }];
  });
}
