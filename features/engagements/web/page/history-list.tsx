import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { history } from '#features/history/contract.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { boardResourcesQuery } from '#features/scheduling/claims/web/claim-queries.ts';
import { engagementQuery } from '../engagement-queries.ts';
import { historySentence, type HistoryNames } from './history-sentences.ts';

const historyApi = createClient(history);

/** Every change of the engagement and what belongs to it, newest first, as sentences. */
export function HistoryList({ engagementId, zone }: { engagementId: string; zone: string }) {
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
    meta: { alsoOn: ['claims', 'challenges', 'stage_decisions', 'engagement_parties'] },
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
      <ol className="space-y-2.5">
        {entries.map(({ change, sentence }) => (
          <li key={change.id} className="flex flex-wrap gap-x-3 text-sm">
            <span className="min-w-0 flex-1 basis-72 break-words">
              <span className="font-medium">{change.actorName}</span> {sentence}
              {change.reason && <span className="text-ink-soft">: “{change.reason}”</span>}
            </span>
            <time
              dateTime={change.at}
              title={formatTime(change.at, org.zone, 'dateTime')}
              className="shrink-0 text-ink-faint tabular-nums"
            >
              {formatAgo(change.at)}
            </time>
          </li>
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
