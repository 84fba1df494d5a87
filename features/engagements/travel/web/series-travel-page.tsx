import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Plane } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { TravelGroup } from './travel-group.tsx';
import { seriesTravelQuery } from './travel-queries.ts';

/** A whole tour's travel in one list. */
export function SeriesTravelPage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/series/$id/travel' });
  const { data, error, refetch, isPending } = useQuery(seriesTravelQuery(org.slug, id));
  const { series, engagement } = org.words;
  return (
    <>
      <PageHeader title={data ? `Travel: ${data.name}` : 'Travel'} />
      {isPending && <SkeletonRows />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {data?.items.length === 0 && (
        <EmptyState icon={Plane} title="Nothing to travel to yet">
          Put a {engagement.one} into this {series.one}, and its travel stands here.
        </EmptyState>
      )}
      <div className="grid max-w-3xl grid-cols-1 gap-8 px-4 pb-10 sm:px-6">
        {data?.items.map((travel) => (
          <TravelGroup key={travel.engagement.id} travel={travel} />
        ))}
      </div>
    </>
  );
}
