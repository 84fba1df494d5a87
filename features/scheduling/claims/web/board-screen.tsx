import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { boardRows, tracksOf, type BoardRow, type ResourceRow } from '../board-rules.ts';
import type { Claim } from '../contract.ts';
import { timeAt } from '../timeline-rules.ts';
import type { Zoom } from '../zooms.ts';
import { BoardDialogs, type OpenDialog } from './board-dialogs.tsx';
import { BoardHint } from './board-hint.tsx';
import { BoardGrid } from './board-grid.tsx';
import { labelWidth } from './board-layout.ts';
import { rememberTime, type BoardSettings } from './board-settings.ts';
import { BoardToolbar } from './board-toolbar.tsx';
import { useBoardData } from './use-board-data.ts';
import { useClaimChanges } from './use-claim-changes.ts';
import { useTimelineView } from './use-timeline-view.ts';

interface BoardScreenProps {
  /** `anywhere`: nobody asked for this time, so where nothing is placed the board may begin elsewhere. */
  start: { at: number; zoom: Zoom; anywhere: boolean };
  settings: BoardSettings;
  onSettings: (part: Partial<BoardSettings>) => void;
}

/** The board as a timeline, with its toolbar and dialogs. */
export function BoardScreen({ start, settings, onSettings }: BoardScreenProps) {
  const org = useOrg();
  const view = useTimelineView(org.zone, start, labelWidth);
  const far = view.zoom === 'month' || view.zoom === 'quarter';
  const data = useBoardData(
    org.slug,
    timeAt(view.scale, view.drawn.from),
    timeAt(view.scale, view.drawn.to),
    far ? 3 : 1,
  );
  const changes = useClaimChanges();
  const [seek, setSeek] = useState(start.anywhere);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<OpenDialog | null>(null);

  const tracks = useMemo(() => tracksOf(data.claims, view.days), [data.claims, view.days]);
  const rows = useMemo(() => {
    const kindWords = {
      person: capital(org.words.person.many),
      place: capital(org.words.place.many),
      thing: capital(org.words.thing.many),
    };
    return boardRows({
      resources: data.resources,
      tracks,
      filter: settings.filter,
      grouping: settings.grouping,
      collapsed,
      kindWords,
    });
  }, [data.resources, tracks, settings.filter, settings.grouping, collapsed, org.words]);

  const keepZoom = useEffectEvent(() => onSettings({ zoom: view.zoom }));
  useEffect(() => keepZoom(), [view.zoom]);
  useEffect(() => {
    // The drawn window changes a few times per screen, often enough to come back to.
    rememberTime(org.slug, view.seen().from + 160 * view.scale.msPerPx);
  }, [org.slug, view]);

  const select = (id: string, extend: boolean) =>
    setSelected((now) =>
      extend ? rangeTo(rows, now, id) : new Set(now.has(id) ? [...now].filter((other) => other !== id) : [...now, id]),
    );
  const chosen = data.resources.filter(({ id }) => selected.has(id));
  const place = (row: ResourceRow, from: number, to: number) => {
    const resources = selected.has(row.resource.id) ? chosen : [row.resource];
    setOpen({
      type: 'place',
      start: { resources, startsAt: new Date(from).toISOString(), endsAt: new Date(to).toISOString() },
    });
  };
  const move = (claim: Claim, { row, start: from, end }: { row: ResourceRow; start: number; end: number }) =>
    void changes.move(claim, {
      resourceId: row.resource.id,
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(end).toISOString(),
    });

  return (
    <div className="flex h-[calc(100dvh-108px)] flex-col bg-surface lg:h-auto lg:min-h-0 lg:flex-1">
      <BoardToolbar
        view={view}
        settings={settings}
        onSettings={onSettings}
        selectedCount={selected.size}
        onClearSelection={() => setSelected(new Set())}
        onPlace={() => setOpen({ type: 'place', start: { resources: chosen, startsAt: null, endsAt: null } })}
        onHoldsText={() => setOpen({ type: 'text', span: view.seen() })}
        onAgeing={() => setOpen({ type: 'ageing' })}
      />
      {data.error && <ErrorNotice error={data.error} className="m-3" />}
      {!data.complete && (
        <p className="px-4 py-1.5 text-xs text-on-hold-soft">There is more here than can be shown at once: zoom in.</p>
      )}
      <BoardGrid
        view={view}
        rows={rows}
        busy={data.busy}
        selected={selected}
        opened={open !== null}
        onSelect={select}
        onClearSelection={() => setSelected(new Set())}
        onToggleGroup={(key) =>
          setCollapsed((now) => new Set(now.has(key) ? [...now].filter((other) => other !== key) : [...now, key]))
        }
        onCreate={place}
        onMove={move}
        onOpen={(claim, row, x, y) =>
          setOpen({ type: 'claim', claimId: claim.id, resourceName: row.resource.name, x, y })
        }
        onRelease={(claim) => setOpen({ type: 'release', list: [claim] })}
        onToday={() => view.show(Date.now())}
        corner={<Corner rows={rows} count={data.resources.length} />}
      >
        <BoardHint
          data={data}
          rows={rows}
          tracks={tracks}
          view={view}
          filter={settings.filter}
          onSettings={onSettings}
          seek={seek}
          onSettled={() => setSeek(false)}
        />
      </BoardGrid>
      <BoardDialogs
        open={open}
        onOpen={setOpen}
        claims={data.claims}
        resources={data.resources}
        selected={[...selected]}
        changes={changes}
        onShow={view.show}
        onFocusBoard={() => view.scroller.current?.focus({ preventScroll: true })}
      />
    </div>
  );
}

/** How many are shown; of how many, when a filter hides some. */
function Corner({ rows, count }: { rows: readonly BoardRow[]; count: number }) {
  const ids = new Set(rows.flatMap((row) => (row.type === 'resource' ? row.resource.id : [])));
  const folded = rows.some((row) => row.type === 'group' && row.collapsed);
  const text = count === 0 ? '' : ids.size === count || folded ? `${count} rows` : `${ids.size} of ${count}`;
  return <span className="text-xs text-ink-faint tabular-nums">{text}</span>;
}

/** Shift selects everything between the last selected row and this one. */
function rangeTo(
  rows: readonly { type: string; resource?: { id: string } }[],
  now: ReadonlySet<string>,
  id: string,
): ReadonlySet<string> {
  const ids = rows.flatMap(({ resource }) => resource?.id ?? []);
  const last = [...now].at(-1);
  const [a, b] = [ids.indexOf(last ?? id), ids.indexOf(id)].toSorted((x, y) => x - y);
  return new Set([...now, ...ids.slice(a, (b ?? 0) + 1)]);
}
