import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarPlus, Clock, Ellipsis, Hourglass } from 'lucide-react';
import { useState } from 'react';
import { orgKey } from '#platform/client/query-client.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { ClaimActions } from '#features/scheduling/claims/web/claim-actions.tsx';
import { StatusBadge } from '#features/scheduling/claims/web/claim-card.tsx';
import { boardResourcesQuery, claimsApi } from '#features/scheduling/claims/web/claim-queries.ts';
import { ConflictDialog } from '#features/scheduling/claims/web/conflict-dialog.tsx';
import { holdInFront } from '#features/scheduling/claims/web/hold-in-front.ts';
import { ReleaseDialog } from '#features/scheduling/claims/web/release-dialog.tsx';
import { useClaimChanges, type ClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { isOpen } from '../rules.ts';
import { HoldDialog } from './hold-dialog.tsx';

/** What is held for an inquiry, each at its place in the queue. */
export function InquiryHolds({ detail: { inquiry, claims } }: { detail: InquiryDetail }) {
  const org = useOrg();
  const [adding, setAdding] = useState(false);
  const [releasing, setReleasing] = useState<readonly Claim[] | null>(null);
  const changes = useClaimChanges();
  const mayHold = org.can('intake.write') && isOpen(inquiry.state);
  if (claims.length === 0 && !mayHold) return null;
  const { hold } = org.words;
  return (
    <Section
      title="Held for it"
      actions={
        mayHold && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <CalendarPlus aria-hidden /> Place {withArticle(hold.one)}
          </Button>
        )
      }
    >
      {claims.length === 0 && (
        <p className="text-sm text-pretty text-ink-soft">
          Nothing yet. {withArticle(hold.one).replace(/^a/, 'A')} keeps its place in the queue while you decide; whoever
          stands before it can be challenged.
        </p>
      )}
      {claims.length > 0 && (
        <CardList label="Held for it">
          {claims.map((claim) => (
            <HeldRow key={claim.id} claim={claim} changes={changes} onRelease={(one) => setReleasing([one])} />
          ))}
        </CardList>
      )}
      <HoldDialog inquiry={inquiry} open={adding} onOpenChange={setAdding} />
      <ReleaseDialog list={releasing} changes={changes} onClose={() => setReleasing(null)} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </Section>
  );
}

interface HeldRowProps {
  claim: Claim;
  changes: ClaimChanges;
  onRelease: (claim: Claim) => void;
}

function HeldRow({ claim, changes, onRelease }: HeldRowProps) {
  const org = useOrg();
  const { data: resources } = useQuery(boardResourcesQuery(org.slug));
  const [open, setOpen] = useState(false);
  const name = resources?.find(({ id }) => id === claim.resourceId)?.name ?? '…';
  return (
    <li className="flex items-start gap-3 py-2 pr-2 pl-4 text-sm">
      <div className="min-w-0 flex-1 py-1">
        <Link
          to="/o/$org/resources/$id"
          params={{ org: org.slug, id: claim.resourceId }}
          className="font-medium break-words hover:underline"
        >
          {name}
        </Link>
        <p className="text-ink-soft tabular-nums">{rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}</p>
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

/** The queue is asked for when the menu opens: only then does it matter who is in front. */
function Actions({ claim, ...rest }: HeldRowProps & { onDone: () => void }) {
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
