import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarRange, ListFilter } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { noFilter, type BoardFilter, type BoardRow, type ClaimSpan } from '../board-rules.ts';
import { visibleSpans, type Track } from '../timeline-rules.ts';
import type { BoardSettings } from './board-settings.ts';
import { claimsApi } from './claim-queries.ts';
import type { BoardData } from './use-board-data.ts';
import type { TimelineView } from './use-timeline-view.ts';

interface BoardHintProps {
  data: BoardData;
  rows: readonly BoardRow[];
  tracks: ReadonlyMap<string, Track<ClaimSpan>>;
  view: TimelineView;
  filter: BoardFilter;
  onSettings: (part: Partial<BoardSettings>) => void;
  /** True until the first load showed something, or went where something is. */
  seek: boolean;
  onSettled: () => void;
}

/** What stands on an empty board: what belongs there, or where something is. */
export function BoardHint({ data, rows, tracks, view, filter, onSettings, ...first }: BoardHintProps) {
  const org = useOrg();
  if (data.loading) return <LoadingRows />;
  if (data.resources.length === 0) {
    return (
      <EmptyState
        icon={CalendarRange}
        title="Nothing to place yet"
        className="pointer-events-auto"
        actions={
          <>
            <Button asChild variant="primary">
              <Link to="/o/$org/places" params={{ org: org.slug }}>
                Add {org.words.place.many}
              </Link>
            </Button>
            <Button asChild>
              <Link to="/o/$org/import" params={{ org: org.slug }}>
                Import a list
              </Link>
            </Button>
          </>
        }
      >
        The board shows each {org.words.person.one}, {org.words.place.one} and {org.words.thing.one} as a row, and time
        from left to right. Add some, then drag across a row to place {withArticle(org.words.hold.one)}.
      </EmptyState>
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={ListFilter}
        title="Nothing fits the filter"
        className="pointer-events-auto"
        actions={<Button onClick={() => onSettings({ filter: noFilter })}>Show all</Button>}
      >
        {filter.onlyClaimed
          ? 'Nobody with these words has anything on the board here.'
          : 'Nobody and nothing has these words.'}
      </EmptyState>
    );
  }
  if (data.loadingClaims || data.error) return null;
  const { from, to } = view.seen();
  const empty = ![...tracks.values()].some((track) => visibleSpans(track, from, to).length > 0);
  if (!empty) return first.seek ? <Settled onSettled={first.onSettled} /> : null;
  return <NothingHere from={from} to={to} onShow={view.show} {...first} />;
}

/** Something is in sight: from now on an empty stretch is where the member went. */
function Settled({ onSettled }: { onSettled: () => void }) {
  const settle = useEffectEvent(onSettled);
  useEffect(() => settle(), []);
  return null;
}

interface NothingHereProps extends Pick<BoardHintProps, 'seek' | 'onSettled'> {
  from: number;
  to: number;
  onShow: (time: number) => void;
}

/** How far back the nearest is looked for before the first of all is taken. */
const recently = 92 * 86_400_000;

/** Offers the way to the nearest date with something on it. */
function NothingHere({ from, to, onShow, seek, onSettled }: NothingHereProps) {
  const org = useOrg();
  const go = useMutation({
    mutationFn: async () => {
      const first = async (after?: number) => {
        const since = after === undefined ? undefined : new Date(Math.round(after)).toISOString();
        return (await claimsApi.list({ org: org.slug, query: { from: since, limit: 1 } })).items[0];
      };
      return (await first(to)) ?? (await first(from - recently)) ?? (await first());
    },
    onSuccess: (found) => found && onShow(Date.parse(found.startsAt)),
    onSettled,
  });
  const begin = useEffectEvent(() => seek && go.mutate());
  useEffect(() => void begin(), []);
  const none = go.isSuccess && (!go.data || (Date.parse(go.data.startsAt) > from && Date.parse(go.data.startsAt) < to));
  return (
    <div className="pointer-events-none sticky left-0 flex max-w-[100vw] justify-center pt-16">
      <div className="pointer-events-auto flex items-center gap-3 rounded-lg bg-raised py-2 pr-2 pl-3.5 text-sm shadow-float">
        <span className="text-ink-soft">
          {none
            ? `Nothing is placed yet. Drag across a row to place ${withArticle(org.words.hold.one)}.`
            : 'Nothing is placed in this time.'}
        </span>
        {!none && (
          <Button size="sm" busy={go.isPending} onClick={() => go.mutate()}>
            Go to where something is
          </Button>
        )}
      </div>
    </div>
  );
}

function LoadingRows() {
  return (
    <div role="status" aria-label="Loading the board">
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-8 border-b border-line px-3">
          <Skeleton className="w-36" />
          <Skeleton className={index % 3 === 0 ? 'w-72' : 'ml-40 w-48'} />
        </div>
      ))}
    </div>
  );
}
