import { commitConflict, type Meeting } from '#features/scheduling/claims/rules.ts';
import { meetingsOf } from '#features/scheduling/claims/server/queries.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { SeasonReport } from '../contract.ts';
import { compare } from '../rules-nyphil.ts';
import type { Refused } from './season.ts';

/** Refused claims looked at in one statement. */
const batch = 200;

export async function countCommits(tx: Tx, engagementIds: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    "select count(*)::int as count from claims where org_id = $1 and engagement_id = any($2::uuid[]) and status = 'commit'",
    [tx.scope.orgId, engagementIds],
  );
  return row?.count ?? 0;
}

/**
 * Both sides of each refusal: the engagement that went without, then those that stand there. Read when all
 * is placed, so that a second run says the same. By start, then programme, then name.
 */
export async function describeRefused(tx: Tx, refused: readonly Refused[]): Promise<SeasonReport['conflicts']> {
  const met: (Meeting & { refused: Refused })[] = [];
  for (let from = 0; from < refused.length; from += batch) {
    const part = refused.slice(from, from + batch);
    const asks = part.map(({ resourceId, startsAt, endsAt }) => ({ resourceId, startsAt, endsAt, units: 1 }));
    for (const meeting of await meetingsOf(tx, asks)) {
      const claim = part[meeting.index];
      if (claim) met.push({ ...meeting, refused: claim });
    }
  }
  const order = (a: (typeof met)[number], b: (typeof met)[number]) =>
    compare(a.startsAt, b.startsAt) ||
    compare(a.refused.concert.programme, b.refused.concert.programme) ||
    compare(a.resourceName, b.resourceName) ||
    compare(a.refused.concert.ref, b.refused.concert.ref);
  return met.sort(order).map((meeting) => ({
    resource: meeting.resourceName,
    resourceId: meeting.resourceId,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    engagements: [
      { id: meeting.refused.engagementId, title: meeting.refused.title, startsAt: meeting.startsAt },
      ...standingIn(meeting),
    ],
  }));
}

/** Blocked time has no engagement: its claim stands for it. */
function standingIn(meeting: Meeting): SeasonReport['conflicts'][number]['engagements'] {
  const blockers = commitConflict(meeting)?.blockers ?? [];
  return blockers.map(({ claimId, engagementId, title, startsAt }) => ({
    id: engagementId ?? claimId,
    title,
    startsAt,
  }));
}
