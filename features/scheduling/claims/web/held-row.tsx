import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Clock, Ellipsis, Hourglass } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { orgKey } from '#platform/client/query-client.ts';
import { formatAgo } from '#platform/time/format.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rangeText } from '../claim-words.ts';
import type { Claim } from '../contract.ts';
import { ClaimActions } from './claim-actions.tsx';
import { StatusBadge } from './claim-card.tsx';
import { claimsApi } from './claim-queries.ts';
import { holdInFront } from './hold-in-front.ts';
import type { ClaimChanges } from './use-claim-changes.ts';

interface HeldRowProps {
  claim: Claim;
  /** Of its resource. */
  name: string;
  /** Beside the name, in grey. */
  quiet?: string | undefined;
  /** Whether to say when. */
  timed?: boolean;
  changes: ClaimChanges;
  onRelease: (claim: Claim) => void;
  /** More lines below. */
  children?: ReactNode;
}

/** What is held for something, in its list there: how surely, until when, and what can be done with it. */
export function HeldRow({ claim, name, quiet, timed = true, changes, onRelease, children }: HeldRowProps) {
  const org = useOrg();
  const [open, setOpen] = useState(false);
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
        {timed && (
          <p className="text-ink-soft tabular-nums">{rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}</p>
        )}
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
        {children}
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

type ActionsProps = Pick<HeldRowProps, 'claim' | 'changes' | 'onRelease'> & { onDone: () => void };

/** The queue is asked for when the menu opens: only then does it matter who is in front. */
function Actions({ claim, ...rest }: ActionsProps) {
  const org = useOrg();
  const { resourceId, startsAt: from, endsAt: to } = claim;
  const { data } = useQuery({
    queryKey: orgKey(org.slug, 'claims', 'queue', claim.id, from, to),
    queryFn: ({ signal }) =>
      claimsApi.list({ org: org.slug, query: { resourceId, status: 'hold', from, to, limit: 100 } }, { signal }),
    enabled: claim.status === 'hold' && claim.rank !== null && claim.rank > 1,
    meta: { alsoOn: ['challenges'] },
  });
  return (
    <ClaimActions claim={claim} inFront={holdInFront(claim, data?.items ?? [])} linkToEngagement={false} {...rest} />
  );
}
