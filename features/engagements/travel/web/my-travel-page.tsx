import { useQuery } from '@tanstack/react-query';
import { Plane } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { TravelGroup } from './travel-group.tsx';
import { myTravelQuery } from './travel-queries.ts';

/** Where the reader goes next: their own legs, beds and per diems. */
export function MyTravelPage() {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(myTravelQuery(org.slug));
  return (
    <>
      <PageHeader title="My travel" />
      {isPending && <SkeletonRows />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {data?.items.length === 0 && (
        <EmptyState icon={Plane} title="No travel ahead">
          Once the office has put you on a leg or into a room, it stands here with its confirmation number.
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
