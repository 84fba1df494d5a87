import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DetailsSection } from '#features/engagements/details/web/details-section.tsx';
import { FromInquiry } from '#features/intake/inquiries/web/from-inquiry.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { FollowUpSection } from '#features/parties/follow-ups/web/follow-up-section.tsx';
import { ConflictDialog } from '#features/scheduling/claims/web/conflict-dialog.tsx';
import { EngagementSourceProvider } from '#features/scheduling/claims/web/engagement-source.ts';
import { PlaceDialog } from '#features/scheduling/claims/web/place-dialog.tsx';
import type { PlaceStart } from '#features/scheduling/claims/web/place-draft.ts';
import { ReleaseDialog } from '#features/scheduling/claims/web/release-dialog.tsx';
import { useClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Engagement } from '../../contract.ts';
import { claimsSource } from '../claims-source.ts';
import { engagementQuery } from '../engagement-queries.ts';
import { EngagementFacts } from './engagement-facts.tsx';
import { PartyList } from './party-list.tsx';
import { Roster } from './roster.tsx';
import { rosterQuery } from './roster-query.ts';

/** Who and what is held for it, and who is involved. */
export function EngagementOverview({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data } = useQuery(engagementQuery(org.slug, engagement.id));
  const seesClaims = org.can('claims.read', 'own');
  const roster = useQuery({ ...rosterQuery(org.slug, engagement.id), enabled: seesClaims });
  const changes = useClaimChanges();
  const [placing, setPlacing] = useState<PlaceStart | null>(null);
  const [releasing, setReleasing] = useState<readonly Claim[] | null>(null);
  const place = () =>
    setPlacing({
      resources: [],
      startsAt: engagement.startsAt,
      endsAt: engagement.endsAt,
      engagement: { id: engagement.id, title: engagement.title },
    });
  return (
    <EngagementSourceProvider value={claimsSource}>
      <div className="grid gap-x-10 gap-y-2 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          {seesClaims && (
            <Roster
              claims={roster.data ?? []}
              loading={roster.isPending}
              error={roster.error}
              changes={changes}
              onPlace={place}
              onRelease={(claim) => setReleasing([claim])}
              engagement={engagement}
            />
          )}
        </div>
        <aside className="min-w-0 divide-y divide-line">
          <EngagementFacts engagement={engagement} />
          <DetailsSection engagementId={engagement.id} />
          <PartyList engagementId={engagement.id} parties={data?.parties ?? []} />
          {org.can('intake.read') && <FromInquiry engagementId={engagement.id} />}
          {org.can('follow_ups.read') && <FollowUpSection about={{ engagementId: engagement.id }} />}
        </aside>
      </div>
      <PlaceDialog start={placing} onClose={() => setPlacing(null)} />
      <ReleaseDialog list={releasing} changes={changes} onClose={() => setReleasing(null)} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </EngagementSourceProvider>
  );
}
