import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo } from 'react';
import type { Engagement } from '#features/engagements/contract.ts';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import { EngagementAsOf } from '#features/engagements/web/page/engagement-as-of.tsx';
import { EngagementTop } from '#features/engagements/web/page/engagement-top.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Presence } from '#features/presence/web/presence.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Tabs } from '#platform/ui/tabs.tsx';
import { tabsFor, type EngagementTab } from './engagement-tabs.tsx';

/** An engagement as it is, or as it was when the address says when. */
export function EngagementPage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/engagements/$id' });
  const { at } = useSearch({ from: '/o/$org/engagements/$id' });
  const asOf = at !== undefined && org.can('history.read');
  return asOf ? <EngagementAsOf key={at} id={id} at={at} /> : <Dossier key={id} id={id} />;
}

function Dossier({ id }: { id: string }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(engagementQuery(org.slug, id));
  const { tab: asked } = useSearch({ from: '/o/$org/engagements/$id' });
  const tabs = useMemo(() => tabsFor(org), [org]);
  // Somebody else's link may name a tab that isn't for the reader.
  const current = tabs.find(({ value }) => value === asked) ?? tabs[0];
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!data) return <SkeletonRows />;
  return (
    <>
      <EngagementTop engagement={data.engagement} beside={<Presence engagementId={id} tab={current?.label ?? ''} />} />
      <DossierTabs engagement={data.engagement} tabs={tabs} current={current} />
    </>
  );
}

interface DossierTabsProps {
  engagement: Engagement;
  tabs: readonly EngagementTab[];
  current: EngagementTab | undefined;
}

/** What belongs to the engagement, by tabs; the address keeps which. */
function DossierTabs({ engagement, tabs, current }: DossierTabsProps) {
  const navigate = useNavigate();
  usePreload(tabs);
  return (
    <Tabs
      label={engagement.title}
      className="px-4 pt-3 pb-12 sm:px-6"
      value={current?.value ?? ''}
      onValue={(tab) =>
        void navigate({ to: '.', search: tab === tabs[0]?.value ? {} : { tab }, replace: true, resetScroll: false })
      }
      tabs={tabs.map(({ value, label, count: Count, content: Content }) => ({
        value,
        label,
        ...(Count ? { count: <Count engagement={engagement} /> } : {}),
        content: (
          <Suspense fallback={<SkeletonRows />}>
            <Content engagement={engagement} />
          </Suspense>
        ),
      }))}
    />
  );
}

/** Brings the code of all tabs once the first one stands, so that each opens at once. */
function usePreload(tabs: readonly EngagementTab[]): void {
  useEffect(() => {
    const later = setTimeout(() => {
      // One that fails is tried again, and says so, when it is chosen.
      for (const { content } of tabs) void content.preload?.()?.catch(() => undefined);
    }, 500);
    return () => clearTimeout(later);
  }, [tabs]);
}
