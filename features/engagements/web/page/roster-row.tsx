import { CircleAlert } from 'lucide-react';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { HeldRow } from '#features/scheduling/claims/web/held-row.tsx';
import type { ClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Resource } from '#features/scheduling/resources/contract.ts';
import type { Engagement } from '../../contract.ts';

interface RosterRowProps {
  claim: Claim;
  engagement: Engagement;
  resource: Resource | undefined;
  /** Why it couldn't be committed now. */
  problem: string | null;
  /** Who is in the queue with it. */
  queue: string | null;
  changes: ClaimChanges;
  onRelease: (claim: Claim) => void;
}

export function RosterRow({ claim, engagement, resource, problem, queue, ...acts }: RosterRowProps) {
  return (
    <HeldRow
      claim={claim}
      name={resource?.name ?? 'Out of use'}
      quiet={resource?.skills.map(({ skill }) => skill).join(', ')}
      timed={claim.startsAt !== engagement.startsAt || claim.endsAt !== engagement.endsAt}
      {...acts}
    >
      {problem && (
        <p className="flex items-start gap-1.5 text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />{' '}
          <span className="min-w-0 break-words">{problem}</span>
        </p>
      )}
      {queue && <p className="break-words text-ink-soft">{queue}</p>}
      {claim.note && <p className="break-words text-ink-soft">{claim.note}</p>}
    </HeldRow>
  );
}
