import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ConflictDialog } from '#features/scheduling/claims/web/conflict-dialog.tsx';
import { EngagementSourceProvider } from '#features/scheduling/claims/web/engagement-source.ts';
import { PlaceDialog } from '#features/scheduling/claims/web/place-dialog.tsx';
import type { PlaceStart } from '#features/scheduling/claims/web/place-draft.ts';
import { ReleaseDialog } from '#features/scheduling/claims/web/release-dialog.tsx';
import { useClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { claimsSource } from './claims-source.ts';
import { dossierTabs } from './dossier-tabs.ts';
import { engagementQuery } from './engagement-queries.ts';
import { DecisionList } from './page/decision-list.tsx';
import { EngagementAsOf } from './page/engagement-as-of.tsx';
import { EngagementFacts } from './page/engagement-facts.tsx';
import { EngagementHead } from './page/engagement-head.tsx';
import { HistoryList } from './page/history-list.tsx';
import { PartyList } from './page/party-list.tsx';
import { Roster } from './page/roster.tsx';
import { rosterQuery } from './page/roster-query.ts';
import { StagePipeline } from './page/stage-pipeline.tsx';

/** An engagement as it is, or as it was when the address says when. */
export function EngagementPage() {
  const org = useOrg();
  const { id = '' } = useParams({ strict: false });
  const { at } = useSearch({ from: '/o/$org/engagements/$id' });
  return at && org.can('history.read') ? <EngagementAsOf key={at} id={id} at={at} /> : <Dossier id={id} />;
}

/** Who and what is held for it, who is involved, what was decided. */
function Dossier({ id }: { id: string }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(engagementQuery(org.slug, id));
  const roster = useQuery({ ...rosterQuery(org.slug, id), enabled: org.can('claims.read', 'own') });
  const changes = useClaimChanges();
  const [placing, setPlacing] = useState<PlaceStart | null>(null);
  const [releasing, setReleasing] = useState<readonly Claim[] | null>(null);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!data) return <SkeletonRows />;
  const { engagement, parties, decisions } = data;
  const claims = roster.data ?? [];
  const zone = engagement.zone ?? org.zone;
  const place = () =>
    setPlacing({
      resources: [],
      startsAt: engagement.startsAt,
      endsAt: engagement.endsAt,
      engagement: { id: engagement.id, title: engagement.title },
    });
  return (
    <EngagementSourceProvider value={claimsSource}>
      <EngagementHead
        key={id}
        engagement={engagement}
        claims={claims}
        changes={changes}
        onReleaseAll={() => setReleasing(claims)}
      />
      <StagePipeline engagement={engagement} claims={claims} changes={changes} />
      <div className="grid gap-x-10 gap-y-2 px-4 pt-5 pb-12 sm:px-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          {org.can('claims.read', 'own') && (
            <Roster
              claims={claims}
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
          <PartyList engagementId={engagement.id} parties={parties} />
        </aside>
        {org.can('engagements.read', 'own') && (
          <Tabs
            label="Dossier"
            className="min-w-0 xl:col-span-2"
            tabs={[
              ...dossierTabs
                .filter(
                  ({ permission, packs }) => org.can(permission, 'own') && (packs?.includes(engagement.pack) ?? true),
                )
                .map(({ value, label, component: Content }) => ({
                  value,
                  label,
                  content: (
                    <Suspense fallback={<SkeletonRows rows={4} />}>
                      <Content engagement={engagement} />
                    </Suspense>
                  ),
                })),
              ...(org.can('engagements.read')
                ? [
                    {
                      value: 'decisions',
                      label: 'Decisions',
                      count: decisions.length,
                      content: <DecisionList decisions={decisions} pack={engagement.pack} />,
                    },
                  ]
                : []),
              ...(org.can('history.read')
                ? [{ value: 'history', label: 'History', content: <HistoryList engagementId={id} zone={zone} /> }]
                : []),
            ]}
          />
        )}
      </div>
      <PlaceDialog start={placing} onClose={() => setPlacing(null)} />
      <ReleaseDialog list={releasing} changes={changes} onClose={() => setReleasing(null)} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </EngagementSourceProvider>
  );
}
