import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import type { Org } from '#features/organisations/web/org-context.tsx';
import type { GroupRow, ResourceRow } from '../board-rules.ts';
import { emptyTrack, timeAt, visibleSpans, xOf, type Scale, type Track } from '../timeline-rules.ts';
import { barHeight, barId, laneTop } from './board-layout.ts';
import { ClaimBar } from './claim-bar.tsx';
import { sentenceOf, splitBars } from './row-bars.ts';
import { RowPaint } from './row-paint.tsx';
import type { BusySpan } from './use-board-data.ts';

interface GroupRowProps {
  row: GroupRow;
  index: number;
  top: number;
  height: number;
  width: number;
  onToggle: (key: string) => void;
}

/** The head of a group; its button folds the rows below. */
export const BoardGroupRow = memo(function BoardGroupRow({ row, index, top, height, width, onToggle }: GroupRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      style={{ top, height, width }}
      className="absolute left-0 border-b border-line bg-sunken"
    >
      <div role="rowheader" className="sticky left-0 inline-flex h-full max-w-[100vw] items-center">
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={!row.collapsed}
          onClick={() => onToggle(row.key)}
          className="flex h-full items-center gap-1.5 px-3 text-xs font-semibold text-ink-soft first-letter:uppercase hover:text-ink"
        >
          <ChevronRight aria-hidden className={cn('size-3.5 transition-transform', !row.collapsed && 'rotate-90')} />
          <span className="first-letter:uppercase">{row.label}</span>
          <span className="font-normal text-ink-faint tabular-nums">{row.count}</span>
        </button>
      </div>
    </div>
  );
});

export interface RowCursor {
  /** The focused claim, or null when a stretch of free time has the focus. */
  claimId: string | null;
  start: number;
  end: number;
  label: string;
}

interface ResourceRowProps {
  row: ResourceRow;
  index: number;
  top: number;
  height: number;
  width: number;
  labelWidth: number;
  scale: Scale;
  drawn: { from: number; to: number };
  busy: Track<BusySpan> | undefined;
  org: Org;
  selected: boolean;
  onSelect: (resourceId: string, extend: boolean) => void;
  cursor: RowCursor | null;
  fadedId: string | null;
}

/** A resource's line: its name, and what of its time is drawn. */
export const BoardResourceRow = memo(function BoardResourceRow(props: ResourceRowProps) {
  const { row, index, top, height, width, scale, drawn, labelWidth, org, selected, cursor } = props;
  const from = timeAt(scale, drawn.from);
  const to = timeAt(scale, drawn.to);
  const { bars, painted } = splitBars(visibleSpans(row.track, from, to), scale, drawn.to, cursor?.claimId ?? null);
  const focused = cursor && bars.find(({ span }) => span.id === cursor.claimId);
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      style={{ top, height, width }}
      className="group/row absolute left-0 border-b border-line"
    >
      <RowLabel row={row} org={org} width={labelWidth} selected={selected} onSelect={props.onSelect} />
      <RowPaint
        left={labelWidth}
        height={height}
        scale={scale}
        drawn={drawn}
        busy={visibleSpans(props.busy ?? emptyTrack, from, to)}
        bars={painted}
      />
      {bars.map(({ span, lane, left, width: barWidth, room }) => (
        <ClaimBar
          key={span.id}
          id={barId(row.key, span.id)}
          claim={span.claim}
          label={sentenceOf(span.claim, org)}
          left={labelWidth + left}
          width={barWidth}
          room={room}
          top={laneTop(lane)}
          origin={labelWidth}
          faded={props.fadedId === span.id}
        />
      ))}
      {focused && (
        <div
          aria-hidden
          style={{
            left: labelWidth + focused.left - 2,
            width: focused.width + 4,
            top: laneTop(focused.lane) - 2,
            height: barHeight + 4,
          }}
          className="pointer-events-none absolute rounded-md border-2 border-ink"
        />
      )}
      {cursor && cursor.claimId === null && (
        <div
          id="board-cursor"
          role="gridcell"
          aria-label={cursor.label}
          style={{
            left: labelWidth + xOf(scale, cursor.start),
            width: Math.max(8, (cursor.end - cursor.start) / scale.msPerPx),
          }}
          className="pointer-events-none absolute inset-y-0.5 rounded-sm border-2 border-accent"
        />
      )}
    </div>
  );
});

function RowLabel({
  row,
  org,
  width,
  selected,
  onSelect,
}: Pick<ResourceRowProps, 'row' | 'org' | 'selected' | 'onSelect'> & { width: number }) {
  const { resource } = row;
  const quiet = resource.skills[0]?.skill ?? resource.tags[0];
  return (
    <div
      role="rowheader"
      style={{ width }}
      className={cn(
        'sticky left-0 z-10 flex h-full items-center gap-2 border-r border-line bg-surface pr-2 pl-3',
        selected && 'bg-accent-soft',
      )}
    >
      <Link
        to="/o/$org/resources/$id"
        params={{ org: org.slug, id: resource.id }}
        tabIndex={-1}
        preload={false}
        draggable={false}
        title={resource.name}
        data-quiet={quiet}
        className="min-w-0 flex-1 truncate text-sm after:ml-1.5 after:text-xs after:text-ink-faint hover:underline data-quiet:after:content-[attr(data-quiet)]"
      >
        {resource.name}
      </Link>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={selected}
        aria-label={`Select ${resource.name}`}
        onChange={(event) =>
          onSelect(resource.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
        }
        className="size-4 shrink-0 accent-accent opacity-0 group-hover/row:opacity-100 checked:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
      />
    </div>
  );
}
