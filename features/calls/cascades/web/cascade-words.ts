import { formatAgo, formatTime } from '#platform/time/format.ts';
import { cancelWords, skipWords } from '../call-words.ts';
import type { Call, CallState, Cascade, CascadeState, Strategy } from '../cascade-contract.ts';
import type { DeclineReason, WithdrawReason } from '../person-call-contract.ts';

type Tone = 'neutral' | 'accent' | 'hold' | 'good' | 'danger' | 'outline';

/** What each state of a round of calls is called, how it looks, and what it means. */
export const cascadeStateWords: Readonly<Record<CascadeState, { label: string; tone: Tone; means: string }>> = {
  running: { label: 'Calling', tone: 'accent', means: 'People are being asked, one after another.' },
  paused: { label: 'Paused', tone: 'hold', means: 'Nothing new goes out; who was asked may answer.' },
  halted: { label: 'Halted', tone: 'neutral', means: 'Nothing more goes out; who was asked may answer.' },
  cancelled: { label: 'Cancelled', tone: 'neutral', means: 'Open calls were taken back.' },
  done: { label: 'Filled', tone: 'good', means: 'Every seat is taken.' },
  exhausted: {
    label: 'Nobody left',
    tone: 'danger',
    means: 'Everybody on the list was asked, and seats are still open.',
  },
};

export const callStateWords: Readonly<Record<CallState, { label: string; tone: Tone }>> = {
  planned: { label: 'To be asked', tone: 'outline' },
  open: { label: 'Asked', tone: 'hold' },
  accepted: { label: 'Accepted', tone: 'good' },
  declined: { label: 'Declined', tone: 'neutral' },
  expired: { label: 'No answer', tone: 'neutral' },
  cancelled: { label: 'Taken back', tone: 'neutral' },
  withdrawn: { label: 'Withdrew', tone: 'danger' },
  skipped: { label: 'Passed over', tone: 'outline' },
};

/** Why somebody who is being asked doesn’t know it, by what became of the mail. */
export const unreachedWords: Readonly<Partial<Record<NonNullable<Call['mail']>, string>>> = {
  kept: 'not mailed',
  failed: 'not mailed',
  suppressed: 'not mailed',
  bounced: 'mail came back',
};

export const strategyWords: Readonly<Record<Strategy, { label: string; means: string }>> = {
  one: {
    label: 'One after another',
    means: 'As many people are asked as there are open places; each no goes to the next on the list.',
  },
  some: {
    label: 'Several at a time',
    means: 'So many people are asked at once; who answers first gets the place.',
  },
  all: {
    label: 'Everybody at once',
    means: 'The whole list is asked; first come, first served. For when time is short.',
  },
};

/** Of who declined or withdrew, as the office says it. */
export const answerReasonWords: Readonly<Record<DeclineReason | WithdrawReason, string>> = {
  engaged: 'engaged elsewhere',
  away: 'away',
  ill: 'ill or hurt',
  family: 'family, or an emergency',
  travel: 'too far, or too hard to reach',
  fee: 'the fee',
  programme: 'the programme',
  other: 'something else',
};

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...answerReasonWords, ...skipWords, ...cancelWords }),
);

/** What became of a call, in a sentence: when, what, why. Times by the clock of `zone`. */
export function callSentence(call: Call, zone: string, now: number): string {
  const at = (instant: string | null) => (instant ? ` ${formatTime(instant, zone, 'dateTime')}` : '');
  const asked = `Asked${at(call.sentAt)}${call.openedAt ? ', read' : ''}`;
  switch (call.state) {
    case 'planned':
      return 'Waits for their turn.';
    case 'open':
      return `${asked}. ${deadlineWords(call.deadlineAt, zone, now)}`;
    case 'accepted':
      return `Accepted${partOf(call)}${at(call.answeredAt)}${afterWords(call)}${reasonOf(call)}`;
    case 'declined':
      return `Declined${at(call.answeredAt)}${afterWords(call)}${reasonOf(call)}`;
    case 'expired':
      return `${asked}; no answer by${at(call.deadlineAt)}.`;
    case 'cancelled':
      return `${asked}, then taken back${reasonOf(call)}`;
    case 'withdrawn':
      return `Had accepted; withdrew${at(call.answeredAt)}${reasonOf(call)}`;
    case 'skipped':
      return `Not asked${reasonOf(call)}`;
  }
}

/** “: ill or hurt – “Flu.””, as far as there is a reason, and the sentence’s end. */
function reasonOf({ reason, note, state }: Call): string {
  const code = reason === null || state === 'accepted' ? '' : (reasons.get(reason) ?? reason);
  const parts = [code === answerReasonWords.other && note ? '' : code, note && `“${note}”`].filter(Boolean);
  if (parts.length === 0) return '.';
  return `: ${parts.join(' – ')}${note ? '' : '.'}`;
}

/** “ 2 of 4 services”, where it wasn’t all. */
function partOf({ services }: Call): string {
  const taken = services.filter(({ answer }) => answer === 'accepted').length;
  return taken > 0 && taken < services.length ? ` ${taken} of ${services.length} services` : '';
}

/** How long they took: “, after 3 hours”. */
function afterWords({ sentAt, answeredAt }: Call): string {
  if (!sentAt || !answeredAt) return '';
  const minutes = Math.round((Date.parse(answeredAt) - Date.parse(sentAt)) / 60_000);
  if (minutes < 1) return ', at once';
  return `, after ${durationWords(minutes)}`;
}

/** “Answer due Sat 3 May, 18:00 (in 5 hours).” */
export function deadlineWords(deadlineAt: string | null, zone: string, now: number): string {
  if (!deadlineAt) return '';
  return `Answer due ${formatTime(deadlineAt, zone, 'dateTime')} (${formatAgo(deadlineAt, now)}).`;
}

const units = [
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const;

/** 90 → “90 minutes”, 120 → “2 hours”, 1440 → “1 day”; rounded to what one would say. */
export function durationWords(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const [unit, length] = units.find(([, each]) => whole >= each * (each === 1 ? 0 : 2) || whole === each) ?? units[2];
  const count = Math.round(whole / length);
  return `${count.toLocaleString()} ${unit}${count === 1 ? '' : 's'}`;
}

/** “3 of 8 seats filled”. */
export function filledWords({ seats, openSeats }: Pick<Cascade, 'seats' | 'openSeats'>): string {
  if (seats === 0) return 'No seats any more';
  if (seats === 1) return openSeats === 0 ? 'The seat is filled' : 'The seat is open';
  return openSeats === 0 ? `All ${seats} seats filled` : `${seats - openSeats} of ${seats} seats filled`;
}
