import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { orgKey } from '#platform/client/query-client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { historyApi } from '#features/history/web/history-queries.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { boardResourcesQuery } from '#features/scheduling/claims/web/claim-queries.ts';
import { engagementQuery } from '../engagement-queries.ts';
import { AsOfPicker } from './as-of-picker.tsx';
import { HistoryEntry } from './history-entry.tsx';
import { historySentence, type HistoryNames } from './history-sentences.ts';

interface HistoryListProps {
  engagementId: string;
  zone: string;
  /** The instant that is looked at, when it isn't now. */
  at?: string;
}

/** Every change of the engagement and what belongs to it, newest first, as sentences; each a way back to that time. */
export function HistoryList({ engagementId, zone, at }: HistoryListProps) {
  const org = useOrg();
  const pages = useInfiniteQuery({
    queryKey: orgKey(org.slug, 'engagements', 'history', engagementId),
    queryFn: ({ pageParam, signal }) =>
      historyApi.list(
        { org: org.slug, query: { engagementId, limit: 50, ...(pageParam ? { after: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['claims', 'challenges', 'stage_decisions', 'engagement_parties', 'schedule_items', 'needs'] },
  });
  const names = useNames(engagementId, zone);
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <SkeletonRows rows={4} />;
  const entries = pages.data.pages
    .flatMap(({ items }) => items)
    .flatMap((change) => {
      const sentence = historySentence(change, names);
      return sentence ? [{ change, sentence }] : [];
    });
  return (
    <>
      <AsOfPicker engagementId={engagementId} zone={zone} at={at} />
      <ol>
        {entries.map(({ change, sentence }) => (
          <HistoryEntry
            key={change.id}
            engagementId={engagementId}
            change={change}
            sentence={sentence}
            later={at !== undefined && change.at > at}
            current={at === change.at}
          />
        ))}
      </ol>
      {pages.hasNextPage && (
        <Button className="mt-3" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </>
  );
}

function useNames(engagementId: string, zone: string): HistoryNames {
  const org = useOrg();
  const resources = useQuery(boardResourcesQuery(org.slug));
  const one = useQuery(engagementQuery(org.slug, engagementId));
  const names = new Map([
    ...(resources.data ?? []).map(({ id, name }) => [id, name] as const),
    ...(one.data?.parties ?? []).map(({ partyId, name }) => [partyId, name] as const),
  ]);
  return { pack: one.data ? packs[one.data.engagement.pack] : org.pack, zone, nameOf: (id) => names.get(id) };
}
