import { memo, useMemo } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { ticksBetween, weekendsBetween, zoned, type TickUnit } from '../timeline-clock-rules.ts';
import { timeAt, xOf } from '../timeline-rules.ts';
import { axisHeight } from './board-layout.ts';
import { edgeWords } from './use-edge-words.ts';
import type { TimelineView } from './use-timeline-view.ts';

const styles: Readonly<Record<TickUnit, Intl.DateTimeFormatOptions>> = {
  hour: { hour: 'numeric' },
  sixHours: { hour: 'numeric' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  quarter: { year: 'numeric' },
  year: { year: 'numeric' },
};
/** Shorter, for the lower line: the upper one says the rest. */
const minorStyles: Readonly<Partial<Record<TickUnit, Intl.DateTimeFormatOptions>>> = {
  day: { weekday: 'short', day: 'numeric' },
  month: { month: 'short' },
};

function labels(unit: TickUnit, zone: string, minor: boolean): (time: number) => string {
  const format = new Intl.DateTimeFormat(undefined, {
    ...((minor && minorStyles[unit]) || styles[unit]),
    timeZone: zone,
  });
  if (unit === 'quarter') return (time) => `Q${Math.ceil(zoned(time, zone).month / 3)} ${format.format(time)}`;
  return (time) => format.format(time);
}

interface AxisProps {
  view: TimelineView;
  now: number;
  /** Drawn in the corner over the names. */
  corner: React.ReactNode;
}

/** The head of the board: two lines of ticks. The upper label sticks at the left while its stretch is in sight. */
export const BoardAxis = memo(function BoardAxis({ view, now, corner }: AxisProps) {
  const { scale, labelWidth, width } = view;
  const ticks = useMemo(() => axisTicks(view), [view]);
  return (
    <div
      aria-hidden
      style={{ height: axisHeight, width: labelWidth + width }}
      className="sticky top-0 z-20 shrink-0 border-b border-line bg-surface"
    >
      <div
        style={{ width: labelWidth }}
        className="sticky left-0 z-10 flex h-full items-center border-r border-line bg-surface px-3"
      >
        {corner}
      </div>
      {ticks.major.map(({ at, left, width: room, label }) => (
        <div
          key={at}
          {...edgeWords(left, room)}
          style={{ left: labelWidth + left, width: room }}
          className="absolute top-0 h-6 overflow-clip border-l border-line px-2 text-xs leading-6 font-semibold whitespace-nowrap"
        >
          {label}
        </div>
      ))}
      {ticks.minor.map(({ at, left, width: room, label }) => (
        <div
          key={at}
          {...edgeWords(left, room)}
          style={{ left: labelWidth + left, width: room }}
          className={cn(
            'absolute top-6 h-7 overflow-clip border-l border-line pl-1.5 text-xs leading-7 whitespace-nowrap text-ink-soft tabular-nums',
            at <= now && now < at + room * scale.msPerPx && 'font-semibold text-accent',
          )}
        >
          {label}
        </div>
      ))}
    </div>
  );
});

function axisTicks({ scale, drawn, level, zone }: TimelineView) {
  const from = timeAt(scale, drawn.from);
  const to = timeAt(scale, drawn.to);
  const line = (unit: TickUnit, minor: boolean) => {
    const text = labels(unit, zone, minor);
    const times = ticksBetween(from, to, unit, zone);
    return times.map((at, index) => {
      const left = xOf(scale, at);
      return { at, left, width: xOf(scale, times[index + 1] ?? to) - left, label: text(at) };
    });
  };
  return { major: line(level.major, false), minor: line(level.minor, true) };
}

/** Pixels; no window is taller. */
const deepestScreen = 8_000;

/** The lines behind the rows, weekends and the present moment, as one picture however many there are. */
export const BoardLines = memo(function BoardLines({
  view,
  height,
  now,
}: {
  view: TimelineView;
  height: number;
  now: number;
}) {
  const { scale, drawn, level, zone, labelWidth } = view;
  // Few rows leave room below them: the lines go on to the edge of the screen, where the picture is cut off.
  const depth = Math.max(height, deepestScreen);
  const paths = useMemo(() => {
    const from = timeAt(scale, drawn.from);
    const to = timeAt(scale, drawn.to);
    const x = (time: number) => Math.round(xOf(scale, time) - drawn.from) + 0.5;
    const lines = (unit: TickUnit) =>
      ticksBetween(from, to, unit, zone)
        .map((at) => `M${x(at)} 0V${depth}`)
        .join('');
    const weekends = level.minor === 'month' ? [] : weekendsBetween(from, to, zone);
    return {
      minor: lines(level.minor),
      major: lines(level.major),
      weekends: weekends.map(({ start, end }) => `M${x(start)} 0H${x(end)}V${depth}H${x(start)}z`).join(''),
    };
  }, [scale, drawn, level, zone, depth]);
  const nowX = xOf(scale, now) - drawn.from;
  return (
    <svg
      aria-hidden
      width={drawn.to - drawn.from}
      style={{
        left: labelWidth + drawn.from,
        top: axisHeight,
        height: `max(${height}px, 100% - ${axisHeight}px)`,
      }}
      className="pointer-events-none absolute"
    >
      <path d={paths.weekends} className="fill-sunken" />
      <path d={paths.minor} className="stroke-line/70" />
      <path d={paths.major} className="stroke-line-strong/60" />
      {nowX >= 0 && nowX <= drawn.to - drawn.from && (
        <path d={`M${Math.round(nowX)} 0V${depth}`} className="stroke-danger" strokeWidth="1.5" />
      )}
    </svg>
  );
});
