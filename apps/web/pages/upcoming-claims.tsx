import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { claimTitle, rangeText } from '#features/scheduling/claims/claim-words.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { StatusBadge } from '#features/scheduling/claims/web/claim-card.tsx';
import { claimsApi } from '#features/scheduling/claims/web/claim-queries.ts';
import type { Resource } from '#features/scheduling/resources/contract.ts';
import { capital } from '#features/organisations/web/word-case.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { orgKey } from '#platform/client/query-client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { ClaimTitle } from '#features/scheduling/claims/web/claim-title.tsx';

/** What a resource is held and booked for from now on, or what it was. */
export function UpcomingClaims({ resource }: { resource: Resource }) {
  const org = useOrg();
  // Fixed while the page is open: a new instant in each render would be a new query.
  const [now] = useState(() => new Date().toISOString());
  const [all, setAll] = useState(false);
  const query = { resourceId: resource.id, limit: 20, ...(all ? {} : { from: now }) };
  const list = useInfiniteQuery({
    queryKey: orgKey(org.slug, 'claims', 'list', query),
    queryFn: ({ signal, pageParam }) =>
      claimsApi.list({ org: org.slug, query: { ...query, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['engagements', 'challenges'] },
  });
  const claims = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <SkeletonRows rows={4} />;
  return (
    <>
      {claims.length === 0 && (
        <p className="text-sm text-ink-faint">
          {all ? `Never booked yet.` : `Nothing from today on.`} {capital(org.words.hold.many)} and{' '}
          {org.words.commit.many} show here.
        </p>
      )}
      {claims.length > 0 && (
        <CardList label={all ? 'All claims' : 'Coming up'}>
          {claims.map((claim) => (
            <ClaimRow key={claim.id} claim={claim} />
          ))}
        </CardList>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {list.hasNextPage && (
          <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={() => setAll(!all)}>
          {all ? 'Only what is to come' : 'Show the past too'}
        </Button>
      </div>
    </>
  );
}

function ClaimRow({ claim }: { claim: Claim }) {
  const org = useOrg();
  return (
    <li className="flex items-center gap-3 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={claimTitle(claim)}>
          <ClaimTitle claim={claim} />
        </p>
        <p className="text-xs text-ink-faint tabular-nums">
          {rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}
        </p>
      </div>
      <StatusBadge claim={claim} />
    </li>
  );
}
