import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Conflict } from '../contract.ts';
import { commitConflict, queueConflict } from '../rules.ts';
import { meetingsOf } from './queries.ts';
import type { LockedClaim } from './queue.ts';

/** `conflict` with the precise list; the sentence is the first one's. */
export function conflictError(conflicts: readonly Conflict[], code: 'conflict' | 'blocked' = 'conflict'): AppError {
  const [first] = conflicts;
  const more = conflicts.length > 1 ? ` There are ${conflicts.length - 1} more conflicts.` : '';
  const message = first ? first.message + more : 'Somebody was faster at that time. Try again.';
  return new AppError(code, { message, extra: code === 'blocked' ? { blockers: conflicts } : { conflicts } });
}

/** What keeps claims from being committed: commitments there, holds before theirs, and each other. */
export async function obstacles(
  tx: Tx,
  claims: readonly LockedClaim[],
): Promise<{ taken: Conflict[]; outranked: Conflict[] }> {
  const meetings = await meetingsOf(
    tx,
    claims.map((claim) => ({ ...claim, claimId: claim.id })),
  );
  const taken = meetings.flatMap((meeting) => {
    const among = claims.slice(0, meeting.index).map(({ id }) => id);
    // Of two claims that would both commit, the later one is refused, as it would be one by one.
    const standing = meeting.standing.map((other) =>
      among.includes(other.claimId) ? { ...other, status: 'commit' as const } : other,
    );
    return commitConflict({ ...meeting, standing }) ?? [];
  });
  const outranked = meetings.flatMap((meeting) => {
    const claim = claims[meeting.index];
    return (claim && queueConflict(meeting, claim.rank, claim.engagementId)) ?? [];
  });
  return { taken, outranked };
}
