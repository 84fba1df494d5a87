import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import type { Pack } from '#features/organisations/packs/pack.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { momentsOf } from '#features/history/activity-rules.ts';
import { ActivityFilters } from '#features/history/web/activity-filters.tsx';
import { activityQuery, type ActivityFilter } from '#features/history/web/activity-queries.ts';
import { ActivityMoment } from './activity-moment.tsx';
import { historySentence, type HistoryNames } from './history-sentences.ts';

interface ActivityStreamProps {
  filter: ActivityFilter;
  onFilter: (part: Pick<ActivityFilter, 'part' | 'actor'>) => void;
  pack: Pack;
  zone: string;
  /** The instant that is looked at, when it isn't now. */
  at?: string | undefined;
  /** Beside the filters. */
  children?: ReactNode;
}

/** What happened, newest first, as sentences under who did it and when; it grows while one looks. */
export function ActivityStream({ filter, onFilter, pack, zone, at, children }: ActivityStreamProps) {
  const org = useOrg();
  const pages = useInfiniteQuery(activityQuery(org.slug, filter));
  const shown = pages.data?.pages ?? [];
  const known = new Map(shown.flatMap(({ names }) => Object.entries(names)));
  const names: HistoryNames = { pack, zone, nameOf: (id) => known.get(id) };
  const told = shown
    .flatMap(({ items }) => items)
    .flatMap((item) => {
      const sentence = historySentence(item, names);
      return sentence ? [{ ...item, sentence }] : [];
    });
  const narrowed = filter.part !== undefined || filter.actor !== undefined;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <ActivityFilters filter={filter} actors={shown[0]?.actors ?? []} onChange={onFilter} />
        {children}
      </div>
      {pages.error && <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <SkeletonRows rows={4} />}
      {pages.data && told.length === 0 && !pages.hasNextPage && (
        <p className="py-4 text-sm text-ink-faint">{narrowed ? 'Nothing fits.' : 'Nothing happened yet.'}</p>
      )}
      <ol aria-label="Activity" className="grid grid-cols-1 gap-4">
        {momentsOf(told).map((moment) => (
          <ActivityMoment
            key={moment.items[0]?.id}
            moment={moment}
            within={filter.engagementId}
            {...(at !== undefined && { at })}
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
