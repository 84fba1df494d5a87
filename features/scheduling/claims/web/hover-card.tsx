import { useEffect, useEffectEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rangeText } from '../claim-words.ts';
import { visibleSpans, type Track } from '../timeline-rules.ts';
import { ClaimFacts } from './claim-card.tsx';
import type { BusySpan } from './use-board-data.ts';
import type { BoardSpot } from './use-board-drag.ts';

const delay = 350;

/** What the pointer rests on: a claim in full, or why the time behind is marked. */
export function HoverCard({ spot, busy }: { spot: BoardSpot | null; busy: ReadonlyMap<string, Track<BusySpan>> }) {
  const [shown, setShown] = useState<BoardSpot | null>(null);
  const key = spot ? (spot.claim?.id ?? busyAt(spot, busy)?.id ?? null) : null;
  // A pointer that moves within one thing doesn't move its card.
  const show = useEffectEvent(() => setShown(spot));
  useEffect(() => {
    if (!key) {
      setShown(null);
      return undefined;
    }
    const timer = setTimeout(() => show(), delay);
    return () => clearTimeout(timer);
  }, [key]);
  if (!shown || !key) return null;
  const right = shown.x + 330 < window.innerWidth;
  const below = shown.y + 220 < window.innerHeight;
  return createPortal(
    <div
      aria-hidden
      style={{
        ...(right ? { left: shown.x + 12 } : { right: window.innerWidth - shown.x + 12 }),
        ...(below ? { top: shown.y + 20 } : { bottom: window.innerHeight - shown.y + 14 }),
      }}
      className="pointer-events-none fixed z-30 w-72 animate-appear rounded-lg bg-raised px-3 py-2.5 shadow-float"
    >
      {shown.claim ? (
        <ClaimFacts linked={false} claim={shown.claim} resourceName={shown.row.resource.name} />
      ) : (
        <BusyFacts spot={shown} busy={busy} />
      )}
    </div>,
    document.body,
  );
}

function BusyFacts({ spot, busy }: { spot: BoardSpot; busy: ReadonlyMap<string, Track<BusySpan>> }) {
  const org = useOrg();
  const span = busyAt(spot, busy);
  if (!span) return null;
  const zone = spot.row.resource.zone ?? org.zone;
  const title = span.kind === 'time_off' ? 'Time off' : 'Busy elsewhere';
  return (
    <div className="space-y-0.5 text-sm">
      <p className="font-semibold break-words">{span.summary ? `${title}: ${span.summary}` : title}</p>
      <p className="text-ink-soft">
        {rangeText(new Date(span.start).toISOString(), new Date(span.end).toISOString(), zone, org.zone)}
      </p>
    </div>
  );
}

function busyAt(spot: BoardSpot, busy: ReadonlyMap<string, Track<BusySpan>>): BusySpan | null {
  const track = busy.get(spot.row.resource.id);
  return (track && visibleSpans(track, spot.time, spot.time + 1)[0]?.span) ?? null;
}
