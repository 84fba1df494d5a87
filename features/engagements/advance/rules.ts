import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';

export const answerKinds = ['text', 'long_text', 'choice', 'number', 'time', 'yes_no', 'file'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** Who answers an item: the organisation, or the other side. */
export const sides = ['us', 'them'] as const;
export type Side = (typeof sides)[number];

export const itemStates = ['open', 'answered', 'agreed', 'problem'] as const;
export type ItemState = (typeof itemStates)[number];

/** What somebody may make of an answer; `open`: back to what the answer alone says. */
export const marks = ['agreed', 'problem', 'open'] as const;
export type Mark = (typeof marks)[number];

/** In characters. */
export const longest = { text: 500, long_text: 5_000 } as const;

interface Asked {
  kind: AnswerKind;
  choices: readonly string[];
}

/** What is wrong with an answer, as a sentence; null: nothing. An empty one takes an answer back, and is always right. */
export function answerFault({ kind, choices }: Asked, answer: string): string | null {
  if (answer === '') return null;
  if (answer.trim() === '') return 'Write something, or leave it empty.';
  switch (kind) {
    case 'text':
      if (answer.length > longest.text) return `Must be at most ${longest.text} characters.`;
      return /\p{Cc}/u.test(answer) ? 'Must be one line without control characters.' : null;
    case 'long_text':
      return answer.length > longest.long_text ? `Must be at most ${longest.long_text} characters.` : null;
    case 'choice':
      return choices.includes(answer) ? null : 'Choose one of the answers that there are.';
    case 'number':
      return /^-?\d{1,12}(\.\d{1,4})?$/.test(answer) ? null : 'Must be a number, like 12 or 2.5.';
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(answer) ? null : 'Must be a time, like 18:30.';
    case 'yes_no':
      return answer === 'yes' || answer === 'no' ? null : 'Choose yes or no.';
    case 'file':
      return 'Choose a file.';
  }
}

/** An answer as people read it. */
export function answerWords(kind: AnswerKind, answer: string): string {
  return kind === 'yes_no' && answer !== '' ? (answer === 'yes' ? 'Yes' : 'No') : answer;
}

/** A new answer undoes what was said about the one before: nobody agreed to this one. */
export function stateOfAnswer(answer: string): ItemState {
  return answer === '' ? 'open' : 'answered';
}

/** What a mark makes of an item. */
export function stateAfter(mark: Mark, answer: string): ItemState {
  return mark === 'open' ? stateOfAnswer(answer) : mark;
}

/** Whether the other side may say so: about what the organisation has answered, and only then. */
export function theyMayMark({ side, answer }: { side: Side; answer: string }): boolean {
  return side === 'us' && answer !== '';
}

/** Where an advance stands. */
export interface Progress {
  all: number;
  agreed: number;
  /** Not answered yet, by who should. */
  owed: Readonly<Record<Side, number>>;
  problems: number;
}

export function progressOf(items: readonly { side: Side; state: ItemState }[]): Progress {
  const count = (wanted: (item: { side: Side; state: ItemState }) => boolean) => items.filter(wanted).length;
  return {
    all: items.length,
    agreed: count(({ state }) => state === 'agreed'),
    owed: {
      us: count(({ side, state }) => side === 'us' && state === 'open'),
      them: count(({ side, state }) => side === 'them' && state === 'open'),
    },
    problems: count(({ state }) => state === 'problem'),
  };
}

/** Items by section, as the first of each section stands; one that was moved apart joins its section. */
export function sectionsOf<Item extends { section: string }>(
  items: readonly Item[],
): { section: string; items: Item[] }[] {
  const sections = Map.groupBy(items, ({ section }) => section);
  return [...sections].map(([section, its]) => ({ section, items: its }));
}

interface Span {
  startsAt: string;
  endsAt: string;
  zone: string;
}

/** Reminders go out at nine in the morning. */
const morning = '09:00';

/** The day so many days before the first day, by the clock of the place. */
export function dayBefore({ startsAt, zone }: Pick<Span, 'startsAt' | 'zone'>, days: number): string {
  return addDays(toWallClock(startsAt, zone).date, -days);
}

/** When a link stops opening. */
export function linkEnds({ endsAt }: Pick<Span, 'endsAt'>, openDays: number): string {
  return new Date(Date.parse(endsAt) + openDays * 86_400_000).toISOString();
}

interface Written {
  sentAt: string;
  remindedAt: string | null;
}

/** Late by more than this, in hours, a reminder is left out: a server that was away sends no heap of old ones. */
const latest = 36;

/**
 * Whether somebody is to be reminded now: a reminder's moment has come since they were last written to, and the day is
 * still to come. Several moments at once are one reminder.
 */
export function reminderDue(
  { span, remindDays }: { span: Span; remindDays: readonly number[] },
  { sentAt, remindedAt }: Written,
  now: string,
): boolean {
  if (now >= span.startsAt) return false;
  const last = remindedAt !== null && remindedAt > sentAt ? remindedAt : sentAt;
  const earliest = new Date(Date.parse(now) - latest * 3_600_000).toISOString();
  return remindDays.some((days) => {
    const moment = fromWallClock({ date: dayBefore(span, days), time: morning }, span.zone);
    return moment !== null && moment > last && moment > earliest && moment <= now;
  });
}
