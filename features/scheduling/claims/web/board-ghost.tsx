import { createPortal } from 'react-dom';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { wholeDays, type ResourceRow } from '../board-rules.ts';
import { claimTitle, rangeText } from '../claim-words.ts';
import type { Drag } from '../drag-rules.ts';
import { xOf } from '../timeline-rules.ts';
import { barHeight, rowPadding } from './board-layout.ts';
import { CheckNotes } from './check-notes.tsx';
import { barShape, insideText, lookOf } from './claim-bar.tsx';
import { useCheck } from './use-check.ts';
import type { TimelineView } from './use-timeline-view.ts';

interface GhostProps {
  drag: Drag;
  row: ResourceRow;
  top: number;
  height: number;
  view: TimelineView;
  /** Null while keys move it. */
  pointer: { x: number; y: number } | null;
}

/** What is being dragged, where it would land, and a card that says what it would meet there. */
export function BoardGhost({ drag, row, top, height, view, pointer }: GhostProps) {
  const org = useOrg();
  const claim = drag.kind === 'create' ? null : drag.claim;
  const status = claim?.status ?? 'hold';
  const zone = claim?.zone ?? view.zone;
  const [startsAt, endsAt] = [new Date(drag.start).toISOString(), new Date(drag.end).toISOString()];
  const answer = useCheck([{ claimId: claim?.id, resourceId: row.resource.id, startsAt, endsAt }]);
  const refused = status === 'commit' && (answer?.conflicts.length ?? 0) > 0;
  const drawn = view.days && claim ? wholeDays({ id: '', start: drag.start, end: drag.end }, view.days) : drag;
  const left = view.labelWidth + xOf(view.scale, drawn.start);
  const width = Math.max(6, (drawn.end - drawn.start) / view.scale.msPerPx - 1);
  return (
    <>
      <div
        aria-hidden
        style={
          {
            left,
            width,
            top: top + (claim ? rowPadding : 2),
            height: claim ? barHeight : height - 4,
            '--w': `${width}px`,
          } as React.CSSProperties
        }
        className={cn(
          'pointer-events-none absolute z-[5] rounded-sm shadow-float outline-2',
          'before:absolute before:inset-0 before:rounded-sm before:opacity-95',
          claim ? barShape[lookOf(claim)] : 'before:bg-accent-soft',
          refused ? 'outline-danger' : 'outline-accent',
        )}
      >
        {claim && (
          <span className={cn('relative block truncate px-1.5 text-xs leading-[22px]', insideText[lookOf(claim)])}>
            {claimTitle(claim)}
          </span>
        )}
      </div>
      {createPortal(
        <div
          style={pointer ? cardPlace(pointer) : { left: '50%', bottom: 24, transform: 'translateX(-50%)' }}
          className="pointer-events-none fixed z-50 w-72 space-y-1.5 rounded-lg bg-raised px-3 py-2.5 shadow-float"
          role="status"
        >
          <p className="truncate text-xs text-ink-faint">{row.resource.name}</p>
          <p className="text-sm font-medium tabular-nums">{rangeText(startsAt, endsAt, zone, org.zone)}</p>
          <CheckNotes answer={answer} status={status} most={3} />
          {!pointer && (
            <p className="text-xs text-ink-faint">Let go of Shift or press Enter to save, Escape to cancel.</p>
          )}
        </div>,
        document.body,
      )}
    </>
  );
}

/** Beside the pointer, on the side where there is room. */
function cardPlace({ x, y }: { x: number; y: number }) {
  const right = x + 320 < window.innerWidth;
  const below = y + 180 < window.innerHeight;
  return {
    ...(right ? { left: x + 18 } : { right: window.innerWidth - x + 18 }),
    ...(below ? { top: y + 22 } : { bottom: window.innerHeight - y + 16 }),
  };
}
