import { memo, type CSSProperties } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { claimTitle, rankMark } from '../claim-words.ts';
import type { Claim } from '../contract.ts';
import { barHeight } from './board-layout.ts';
import { edgeWords } from './use-edge-words.ts';

export type BarLook = Claim['status'] | 'blocked';

export function lookOf(claim: Pick<Claim, 'status' | 'engagementId'>): BarLook {
  return claim.engagementId === null && claim.status === 'commit' ? 'blocked' : claim.status;
}

/**
 * How each status looks. The shape itself is the ::before, so that a bar of a few pixels can carry its words
 * to its right and is still one element.
 */
export const barShape: Readonly<Record<BarLook, string>> = {
  pencil: 'before:border before:border-dashed before:border-line-strong before:bg-surface',
  hold: 'before:border before:border-hold before:bg-hold-soft',
  commit: 'before:bg-accent',
  blocked:
    'before:border before:border-line-strong/60 before:bg-pencil-soft before:bg-[repeating-linear-gradient(135deg,transparent_0_5px,var(--color-line)_5px_7px)]',
};

export const insideText: Readonly<Record<BarLook, string>> = {
  pencil: 'text-ink-soft',
  hold: 'text-on-hold-soft',
  commit: 'text-on-accent',
  blocked: 'text-on-pencil-soft',
};

/** Bars narrower than this carry their words to their right, where there is room. */
export const wordsInside = 46;
export const wordsOutside = 34;
/** From here on a hold without words still shows its rank. */
export const rankInside = 18;

interface ClaimBarProps {
  id: string;
  claim: Claim;
  label: string;
  left: number;
  width: number;
  /** Pixels until the next bar of the lane. */
  room: number;
  top: number;
  /** Where the axis begins: `left` counts from the column of names before it. */
  origin: number;
  /** Being dragged, or not yet answered by the server. */
  faded: boolean;
}

/** One claim on the timeline. It takes no pointer: the board finds what is under the pointer by the kernel. */
export const ClaimBar = memo(function ClaimBar(props: ClaimBarProps) {
  const { claim, left, width, top, room } = props;
  const look = lookOf(claim);
  const inside = width >= wordsInside;
  const outside = !inside && room - width >= wordsOutside;
  const style: CSSProperties & Record<'--w', string> = {
    left,
    top,
    height: barHeight,
    width: outside ? Math.min(room - 4, width + 180) : width,
    '--w': `${width}px`,
    ...(outside && { paddingLeft: width + 4 }),
  };
  return (
    <div
      id={props.id}
      {...(inside && edgeWords(left - props.origin, width))}
      role="gridcell"
      aria-label={props.label}
      style={style}
      className={cn(
        'pointer-events-none absolute isolate overflow-hidden text-xs leading-[22px] text-ellipsis whitespace-nowrap',
        'before:absolute before:inset-y-0 before:left-0 before:-z-1 before:w-(--w) before:rounded-sm',
        barShape[look],
        props.faded && 'opacity-40',
        outside ? 'text-ink-soft' : insideText[look],
        inside && 'pl-1.5',
        !inside && !outside && 'text-center text-2xs leading-[22px] font-semibold',
      )}
    >
      {(inside || outside) && <Words claim={claim} />}
      {!inside && !outside && claim.rank !== null && rankMark(claim.rank)}
    </div>
  );
});

/** Rank, marks and title: as few elements as can be, since hundreds of them scroll. */
function Words({ claim }: { claim: Claim }) {
  return (
    <>
      {claim.rank !== null && <b className="font-semibold tabular-nums">{rankMark(claim.rank)} </b>}
      <Marks claim={claim} />
      {claimTitle(claim)}
    </>
  );
}

/** A clock for a running challenge, an hourglass for an expiry. The card on hover says what they mean. */
function Marks({ claim }: { claim: Claim }) {
  return (
    <>
      {claim.challenge && <Mark path="M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z" className="text-danger" />}
      {claim.expiresAt && <Mark path="M4 2h8M4 14h8M5 2c0 6 6 6 6 12M11 2c0 6-6 6-6 12" />}
    </>
  );
}

function Mark({ path, className }: { path: string; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden
      className={cn('mr-1 inline size-3 align-[-2px]', className)}
    >
      <path d={path} />
    </svg>
  );
}
