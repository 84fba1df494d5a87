import { memo } from 'react';
import { xOf, type Placed, type Scale } from '../timeline-rules.ts';
import type { BarLook } from './claim-bar.tsx';
import type { BusySpan } from './use-board-data.ts';

export interface PaintedBar {
  left: number;
  width: number;
  top: number;
  height: number;
  look: BarLook;
}

const paint: Readonly<Record<BarLook, string>> = {
  pencil: 'fill-surface stroke-line-strong [stroke-dasharray:2_1.5]',
  hold: 'fill-hold-soft stroke-hold',
  commit: 'fill-accent',
  blocked: 'fill-pencil stroke-none',
};

interface RowPaintProps {
  left: number;
  height: number;
  scale: Scale;
  drawn: { from: number; to: number };
  busy: readonly Placed<BusySpan>[];
  bars: readonly PaintedBar[];
}

/** What lies behind a row's bars, and its smallest bars, as one picture: time off, busy elsewhere. Nothing when there is none. */
export const RowPaint = memo(function RowPaint({ left, height, scale, drawn, busy, bars }: RowPaintProps) {
  if (busy.length === 0 && bars.length === 0) return null;
  const busyPath = (kind: BusySpan['kind']) =>
    busy
      .filter(({ span }) => span.kind === kind)
      .map(({ span }) => {
        const from = Math.max(0, xOf(scale, span.start) - drawn.from);
        const width = Math.max(2, Math.min(drawn.to, xOf(scale, span.end)) - drawn.from - from);
        return `M${round(from)} 0h${round(width)}v${height}h${-round(width)}z`;
      })
      .join('');
  const looks = [...new Set(bars.map(({ look }) => look))];
  const timeOff = busyPath('time_off');
  const elsewhere = busyPath('busy');
  return (
    <svg
      aria-hidden
      width={drawn.to - drawn.from}
      height={height}
      style={{ left: left + drawn.from }}
      className="pointer-events-none absolute top-0"
    >
      {timeOff && <path d={timeOff} fill="url(#board-time-off)" />}
      {elsewhere && <path d={elsewhere} fill="url(#board-busy)" />}
      {looks.map((look) => (
        <path key={look} d={barsPath(bars, look, drawn.from)} className={paint[look]} />
      ))}
    </svg>
  );
});

function barsPath(bars: readonly PaintedBar[], look: BarLook, from: number): string {
  return bars
    .filter((bar) => bar.look === look)
    .map(({ left, top, width, height }) => rounded(round(left - from) + 0.5, top + 0.5, round(width) - 1, height - 1))
    .join('');
}

/** A rectangle with the corners of the other bars; too narrow for them, with smaller ones. */
function rounded(x: number, y: number, width: number, height: number): string {
  const r = Math.min(4, width / 3);
  const [across, down] = [width - 2 * r, height - 2 * r];
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${across}${corner(r, r)}v${down}${corner(-r, r)}h${-across}${corner(-r, -r)}v${-down}${corner(r, -r)}z`;
}

function round(value: number): number {
  return Math.round(value * 2) / 2;
}

/** The hatchings that rows fill with; once per board. */
export function PaintPatterns() {
  return (
    <svg aria-hidden width="0" height="0" className="absolute">
      <defs>
        <pattern id="board-time-off" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0h8v8H0z" className="fill-pencil-soft" />
          <path d="M0 0v8" className="stroke-line-strong/50" strokeWidth="3" />
        </pattern>
        <pattern id="board-busy" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 0h6v6H0z" className="fill-pencil-soft" />
          <circle cx="3" cy="3" r="1" className="fill-line-strong/60" />
        </pattern>
      </defs>
    </svg>
  );
}
