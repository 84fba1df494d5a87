import { formatAgo, formatTime } from '#platform/time/format.ts';
import type { DeclineReason, PersonCall, WithdrawReason } from '#features/calls/cascades/person-call-contract.ts';

export const declineWords: Readonly<Record<DeclineReason, string>> = {
  engaged: 'I am engaged elsewhere',
  away: 'I am away',
  ill: 'I am ill',
  travel: 'It is too far, or too hard to reach',
  fee: 'The fee isn’t right for me',
  programme: 'The programme isn’t for me',
  other: 'Something else',
};

export const withdrawWords: Readonly<Record<WithdrawReason, string>> = {
  ill: 'I am ill or hurt',
  family: 'Family, or an emergency',
  engaged: 'I am engaged elsewhere after all',
  other: 'Something else',
};

/** As somebody reads their own reason back; a code that is unknown here says nothing. */
export function ownReason(code: string | null): string {
  return Object.entries({ ...withdrawWords, ...declineWords }).find(([key]) => key === code)?.[1] ?? '';
}

/** Of so many: “both”, “all 4”. */
export function allWords(count: number): string {
  return count === 2 ? 'both' : `all ${count}`;
}

export interface Standing {
  tone: 'open' | 'good' | 'quiet';
  title: string;
  detail: string;
}

/** How a call stands for the person who was asked: true, kind, and what it means for them. */
export function standingOf(call: PersonCall, organisation: string, zone: string, now: number): Standing {
  const answered = call.answeredAt ? ` on ${formatTime(call.answeredAt, zone, 'dateTime')}` : '';
  const after = call.can.includes('accept') ? ' If you can after all, the place is still open.' : '';
  switch (call.state) {
    case 'open':
      return openStanding(call, zone, now);
    case 'accepted':
      return {
        tone: 'good',
        title: 'You said yes. Thank you!',
        detail: `You accepted${answered}, and your place is booked.`,
      };
    case 'declined':
      return {
        tone: 'quiet',
        title: 'You said no',
        detail: `You declined${answered}. Thank you for telling us.${after}`,
      };
    case 'expired':
      return {
        tone: 'quiet',
        title: 'The time to answer is over',
        detail: `We asked for an answer by ${formatTime(call.deadlineAt, zone, 'dateTime')}, and had to go on.${after}`,
      };
    case 'withdrawn':
      return { tone: 'quiet', title: 'You withdrew', detail: `You withdrew${answered}. Your time is free again.` };
    case 'cancelled':
      return call.reason === 'filled'
        ? {
            tone: 'quiet',
            title: 'This place is filled',
            detail: 'Others answered first. Thank you for being ready; you need do nothing.',
          }
        : {
            tone: 'quiet',
            title: 'No longer needed',
            detail: `${organisation} took this call back. You need do nothing.`,
          };
  }
}

function openStanding({ deadlineAt }: PersonCall, zone: string, now: number): Standing {
  const over = Date.parse(deadlineAt) <= now;
  return {
    tone: 'open',
    title: over ? 'The time to answer is over' : `Please answer by ${formatTime(deadlineAt, zone, 'dateTime')}`,
    detail: over
      ? 'You may try: the place could still be open.'
      : `That is ${formatAgo(deadlineAt, now)}, by your clock.`,
  };
}
