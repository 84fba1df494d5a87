import { Badge, type BadgeTone } from '#platform/ui/badge.tsx';
import type { Standing } from '../contract.ts';

const looks: Readonly<Record<Standing, { word: string; tone: BadgeTone; why: string }>> = {
  booked: { word: 'Booked', tone: 'good', why: 'Committed to it' },
  confirmed: { word: 'Confirmed', tone: 'good', why: 'Confirmed by hand' },
  held: { word: 'Held', tone: 'hold', why: 'Their time is held, not committed' },
  open: { word: 'Not confirmed', tone: 'outline', why: 'Nobody has confirmed them yet' },
  replaced: { word: 'Replaced', tone: 'neutral', why: 'Somebody stands in for them' },
};

/** How sure it is that somebody is there. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { word, tone, why } = looks[standing];
  return (
    <Badge tone={tone} title={why}>
      {word}
    </Badge>
  );
}
