import { Clock, Hourglass, MapPin, StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatAgo } from '#platform/time/format.ts';
import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { capital } from '#features/organisations/web/word-case.ts';
import { claimTitle, momentText, rangeText, statusWord } from '../claim-words.ts';
import type { Claim, ClaimStatus } from '../contract.ts';
import { ClaimTitle } from './claim-title.tsx';

const tones: Readonly<Record<ClaimStatus, BadgeTone>> = { pencil: 'outline', hold: 'hold', commit: 'accent' };

/** A claim's status and rank, in the pack's words. */
export function StatusBadge({ claim }: { claim: Pick<Claim, 'status' | 'rank' | 'engagementId'> }) {
  const { pack } = useOrg();
  if (claim.engagementId === null && claim.status === 'commit') return <Badge>Blocked</Badge>;
  return <Badge tone={tones[claim.status]}>{capital(statusWord(pack, claim.status, claim.rank))}</Badge>;
}

/** What there is to know about a claim. `linked` leads to its engagement. */
export function ClaimFacts({
  claim,
  resourceName,
  linked = true,
}: {
  claim: Claim;
  resourceName: string;
  linked?: boolean;
}) {
  const org = useOrg();
  return (
    <div className="min-w-0 space-y-1.5">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 font-semibold break-words">
          {linked ? <ClaimTitle claim={claim} /> : claimTitle(claim)}
        </p>
        <StatusBadge claim={claim} />
      </div>
      <Fact icon={<Clock aria-hidden />}>{rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}</Fact>
      <Fact icon={<MapPin aria-hidden />}>
        {resourceName}
        {claim.units > 1 && `, ${claim.units} units`}
      </Fact>
      {claim.challenge && (
        <Fact icon={<Clock aria-hidden className="text-danger" />}>
          <span className="font-medium text-danger">Challenged:</span> becomes {withArticle(org.words.commit.one)} by{' '}
          {momentText(claim.challenge.deadlineAt, claim.zone)} ({formatAgo(claim.challenge.deadlineAt)}), or is
          released.
        </Fact>
      )}
      {claim.expiresAt && (
        <Fact icon={<Hourglass aria-hidden />}>
          Releases itself {formatAgo(claim.expiresAt)}, {momentText(claim.expiresAt, claim.zone)}
        </Fact>
      )}
      {claim.note && claim.engagementId && <Fact icon={<StickyNote aria-hidden />}>{claim.note}</Fact>}
    </div>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 text-sm text-ink-soft [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
