import type { Org } from '#features/organisations/web/org-context.tsx';
import type { ClaimSpan } from '../board-rules.ts';
import { claimSentence } from '../claim-words.ts';
import type { Claim } from '../contract.ts';
import { xOf, type Placed, type Scale } from '../timeline-rules.ts';
import { barHeight, laneTop } from './board-layout.ts';
import { lookOf, rankInside, wordsInside, wordsOutside } from './claim-bar.tsx';
import type { PaintedBar } from './row-paint.tsx';

const sentences = new WeakMap<Claim, string>();

/** Dates in words cost a fifth of a millisecond each; scrolling back and forth asks for the same ones. */
export function sentenceOf(claim: Claim, org: Org): string {
  const known = sentences.get(claim);
  if (known) return known;
  const made = claimSentence(claim, org.pack, org.zone);
  sentences.set(claim, made);
  return made;
}

export interface PlacedBar extends Placed<ClaimSpan> {
  left: number;
  width: number;
  room: number;
}

const leastWidth = 5;
/** Where a day is narrower than this, only what has room for words inside is an element of its own. */
const farOut = 86_400_000 / 10;

/** Bars without words go into one picture per row: far out there are hundreds in sight. */
export function splitBars(
  placed: readonly Placed<ClaimSpan>[],
  scale: Scale,
  drawnTo: number,
  focusedId: string | null,
) {
  const nextInLane = new Map<number, number>();
  const bars: PlacedBar[] = [];
  const painted: PaintedBar[] = [];
  const outside = scale.msPerPx > farOut ? Infinity : wordsOutside;
  for (const { span, lane } of placed.toReversed()) {
    const left = xOf(scale, span.start);
    const width = Math.max(leastWidth, xOf(scale, span.end) - left - 1);
    const room = (nextInLane.get(lane) ?? drawnTo + wordsInside) - left;
    nextInLane.set(lane, left);
    const ranked = span.claim.rank !== null && width >= rankInside && outside !== Infinity;
    const speaks = width >= wordsInside || room - width >= outside || ranked;
    if (speaks || span.id === focusedId) bars.push({ span, lane, left, width, room });
    else painted.push({ left, width, top: laneTop(lane), height: barHeight, look: lookOf(span.claim) });
  }
  return { bars: bars.toReversed(), painted };
}
