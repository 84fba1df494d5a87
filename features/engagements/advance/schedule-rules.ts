import { dayOf } from '#features/engagements/timeline/day-rules.ts';
import type { SeenBy } from '#features/engagements/timeline/audience-rules.ts';
import { itemKinds, itemName, kindLabel, type ItemKind } from '#features/engagements/timeline/item-kinds.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import type { AnswerKind } from './rules.ts';

/** Something on the engagement's schedule. */
export interface Planned {
  kind: string;
  title: string;
  startsAt: string;
  endsAt: string;
  zone: string;
  seenBy: SeenBy;
  /** When the engagement begins. */
  begins: string;
}

/** A time that the schedule has for what an item asks. */
export interface Said {
  name: string;
  time: string;
  day: string | null;
  zone: string;
  seenBy: SeenBy;
}

/** Other words of the trade for kinds of the schedule, folded. */
const alsoCalled: Readonly<Record<string, readonly ItemKind[]>> = {
  concert: ['concert', 'run_out'],
  show: ['concert', 'run_out', 'set'],
  stage: ['set'],
  onstage: ['set'],
  weareonstage: ['set'],
  getin: ['load_in'],
  getout: ['load_out'],
};
const kindsCalled: ReadonlyMap<string, readonly ItemKind[]> = new Map([
  ...itemKinds.map((kind) => [folded(kindLabel(kind)), [kind]] as const),
  ...Object.entries(alsoCalled),
]);

/** “Load-in”, “Load in” and “LOAD IN” are the same. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** “Doors open” asks for the beginning of “Doors”, “Load-out until” for the end of “Load-out”. */
const edges = [
  { edge: 'endsAt', words: /\s(until|ends?)$/i },
  { edge: 'startsAt', words: /\s(at|from|time|begins?|starts?|opens?)$/i },
] as const;

/**
 * What the schedule says to an item: the times of what has its title or is of the kind that it names. What has no title
 * of its own, or just this one, stands for its kind before others do: “Soundcheck” before “Soundcheck: Support”.
 * @param planned by start
 * @returns each time by the clock of its place once; nothing where no time is asked for
 */
export function saidTo({ kind, title }: { kind: AnswerKind; title: string }, planned: readonly Planned[]): Said[] {
  if (kind !== 'time') return [];
  const whole = called(title, planned);
  if (whole.length > 0) return timesOf(whole, 'startsAt');
  const asked = edges.find(({ words }) => words.test(title));
  return asked ? timesOf(called(title.replace(asked.words, ''), planned), asked.edge) : [];
}

function called(words: string, planned: readonly Planned[]): readonly Planned[] {
  const name = folded(words);
  const kinds: readonly string[] = kindsCalled.get(name) ?? [];
  const ofKind = planned.filter(({ kind }) => kinds.includes(kind));
  const plain = planned.filter((each) => (each.title === '' ? ofKind.includes(each) : folded(each.title) === name));
  return plain.length > 0 ? plain : ofKind;
}

function timesOf(its: readonly Planned[], edge: 'startsAt' | 'endsAt'): Said[] {
  const said = its.map((each) => {
    const { zone, seenBy } = each;
    const day = dayOf(each);
    const first = dayOf({ startsAt: each.begins, zone });
    const { time } = toWallClock(each[edge], zone);
    return { name: itemName(each), time, day: day === first ? null : day, zone, seenBy };
  });
  // An answer is a time without a day: the same on several days is one.
  return [...Map.groupBy(said, ({ time }) => time).values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, day: more.every(({ day }) => day === first.day) ? first.day : null }] : [],
  );
}

/** Whether the schedule has other times than what was answered. */
export function differs(answer: string, said: readonly Pick<Said, 'time'>[]): boolean {
  return answer !== '' && said.length > 0 && said.every(({ time }) => time !== answer);
}
