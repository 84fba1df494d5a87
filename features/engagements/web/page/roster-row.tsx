import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, Clock, Ellipsis, Hourglass } from 'lucide-react';
import { useState } from 'react';
import { orgKey } from '#platform/client/query-client.ts';
import { formatAgo } from '#platform/time/format.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import { ClaimActions } from '#features/scheduling/claims/web/claim-actions.tsx';
import { StatusBadge } from '#features/scheduling/claims/web/claim-card.tsx';
import { claimsApi } from '#features/scheduling/claims/web/claim-queries.ts';
import { holdInFront } from '#features/scheduling/claims/web/hold-in-front.ts';
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

export function RosterRow({ claim, engagement, resource, problem, queue, changes, onRelease }: RosterRowProps) {
  const org = useOrg();
  const [open, setOpen] = useState(false);
  const name = resource?.name ?? 'Out of use';
  const sameTime = claim.startsAt === engagement.startsAt && claim.endsAt === engagement.endsAt;
  const quiet = resource?.skills.map(({ skill }) => skill).join(', ');
  return (
    <li className="flex items-start gap-3 py-2 pr-2 pl-4 text-sm">
      <div className="min-w-0 flex-1 py-1">
        <p className="flex items-baseline gap-2">
          <Link
            to="/o/$org/resources/$id"
            params={{ org: org.slug, id: claim.resourceId }}
            className="truncate font-medium hover:underline"
            title={name}
          >
            {name}
          </Link>
          {quiet && <span className="truncate text-ink-faint">{quiet}</span>}
        </p>
        {!sameTime && <p className="text-ink-soft">{rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}</p>}
        {claim.challenge && (
          <p className="flex items-center gap-1.5 text-danger">
            <Clock aria-hidden className="size-3.5 shrink-0" /> Challenged, answer due{' '}
            {formatAgo(claim.challenge.deadlineAt)}
          </p>
        )}
        {claim.expiresAt && (
          <p className="flex items-center gap-1.5 text-ink-soft">
            <Hourglass aria-hidden className="size-3.5 shrink-0" /> Expires {formatAgo(claim.expiresAt)}
          </p>
        )}
        {problem && (
          <p className="flex items-start gap-1.5 text-danger">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />{' '}
            <span className="min-w-0 break-words">{problem}</span>
          </p>
        )}
        {queue && <p className="break-words text-ink-soft">{queue}</p>}
        {claim.note && <p className="break-words text-ink-soft">{claim.note}</p>}
      </div>
      <span className="mt-1 shrink-0">
        <StatusBadge claim={claim} />
      </span>
      {org.can('claims.hold') && (
        <Popover
          label={`Actions for ${name}`}
          align="end"
          className="w-72 p-1.5"
          open={open}
          onOpenChange={setOpen}
          trigger={
            <IconButton label={`Actions for ${name}`} size="icon-sm">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <Actions
            claim={claim}
            changes={changes}
            onDone={() => setOpen(false)}
            onRelease={(released) => {
              setOpen(false);
              onRelease(released);
            }}
          />
        </Popover>
      )}
    </li>
  );
}

type ActionsProps = Pick<RosterRowProps, 'claim' | 'changes' | 'onRelease'> & { onDone: () => void };

/** The queue is asked for when the menu opens: only then does it matter who is in front. */
function Actions({ claim, changes, onRelease, onDone }: ActionsProps) {
  const org = useOrg();
  const queued = claim.status === 'hold' && claim.rank !== null && claim.rank > 1;
  const query = {
    resourceId: claim.resourceId,
    status: 'hold' as const,
    from: claim.startsAt,
    to: claim.endsAt,
    limit: 100,
  };
  const { data } = useQuery({
    queryKey: orgKey(org.slug, 'claims', 'queue', claim.id, claim.startsAt, claim.endsAt),
    queryFn: ({ signal }) => claimsApi.list({ org: org.slug, query }, { signal }),
    enabled: queued,
  });
  return (
    <ClaimActions
      claim={claim}
      inFront={holdInFront(claim, data?.items ?? [])}
      changes={changes}
      onDone={onDone}
      onRelease={onRelease}
      linkToEngagement={false}
    />
  );
}
