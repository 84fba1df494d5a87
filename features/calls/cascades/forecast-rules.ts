import type { Strategy } from './cascade-contract.ts';

/** Somebody who would be asked, and how they usually answer. */
export interface LikelyAnswer {
  /** Share of calls that they accept. */
  accepts: number;
  /** Share of calls that they answer at all. */
  answers: number;
  /** From call to answer, in half of the cases. */
  medianMinutes: number;
}

export interface Outlook {
  /** That every place is filled. */
  chance: number;
  /** Until then, in half and in nine of ten of the cases in which it comes to that; null when it never did. */
  hours: number | null;
  hoursMostly: number | null;
  /** To be expected. */
  calls: number;
}

interface Round {
  strategy: Strategy;
  width: number;
  deadlineMinutes: number;
  places: number;
  /** Minutes until the first service: nothing is filled after it. */
  untilMinutes: number;
}

/** What is taken for somebody who was never asked: two in five accept, four in five answer, within three hours. */
export const usualAnswer: LikelyAnswer = { accepts: 0.4, answers: 0.8, medianMinutes: 180 };

/** As many calls as it takes for experience to weigh as much as the usual. */
const weight = 4;

/** What somebody's few answers say, drawn towards the usual. */
export function likelyAnswer(
  stats: { asked: number; answered: number; accepted: number; medianMinutes: number | null } | undefined,
): LikelyAnswer {
  if (!stats) return usualAnswer;
  const share = (count: number, usual: number) => (count + usual * weight) / (stats.asked + weight);
  const answers = Math.min(1, share(stats.answered, usualAnswer.answers));
  return {
    accepts: Math.min(answers, share(stats.accepted, usualAnswer.accepts)),
    answers,
    medianMinutes: Math.max(1, stats.medianMinutes ?? usualAnswer.medianMinutes),
  };
}

const runs = 400;

/** Plays the round so many times with the same dice, and tells how it went. */
export function forecastRound(round: Round, candidates: readonly LikelyAnswer[], seed = 1): Outlook {
  const dice = diceOf(seed);
  const filled: number[] = [];
  let calls = 0;
  for (let run = 0; run < runs; run++) {
    const played = playRound(round, candidates, dice);
    calls += played.calls;
    if (played.filledAfter !== null) filled.push(played.filledAfter);
  }
  filled.sort((a, b) => a - b);
  const after = (share: number) => {
    const minutes = filled[Math.min(filled.length - 1, Math.floor(filled.length * share))];
    return minutes === undefined ? null : Math.round(minutes / 6) / 10;
  };
  return { chance: filled.length / runs, hours: after(0.5), hoursMostly: after(0.9), calls: Math.round(calls / runs) };
}

interface Played {
  calls: number;
  /** Minutes; null when places stayed open. */
  filledAfter: number | null;
}

interface Pending {
  at: number;
  accepts: boolean;
}

function playRound(
  { strategy, width, deadlineMinutes, places, untilMinutes }: Round,
  candidates: readonly LikelyAnswer[],
  dice: () => number,
): Played {
  const pending: Pending[] = [];
  let [now, open, asked] = [0, places, 0];
  const wanted = () => ({ one: open, some: width, all: candidates.length })[strategy];
  for (;;) {
    while (pending.length < wanted() && asked < candidates.length) {
      const answer = answerOf(candidates[asked] ?? usualAnswer, deadlineMinutes, dice);
      pending.push({ at: now + answer.after, accepts: answer.accepts });
      asked++;
    }
    const next = pending.reduce<Pending | undefined>(
      (least, one) => (least && least.at <= one.at ? least : one),
      undefined,
    );
    if (!next || next.at > untilMinutes) return { calls: asked, filledAfter: null };
    pending.splice(pending.indexOf(next), 1);
    now = next.at;
    if (!next.accepts) continue;
    open--;
    if (open === 0) return { calls: asked, filledAfter: now };
  }
}

function answerOf({ accepts, answers, medianMinutes }: LikelyAnswer, deadlineMinutes: number, dice: () => number) {
  const thrown = dice();
  // Times to answer are many short ones and a few long: half of them before the median.
  const after = -Math.log2(1 - dice()) * medianMinutes;
  if (thrown >= answers || after >= deadlineMinutes) return { after: deadlineMinutes, accepts: false };
  return { after, accepts: thrown < accepts };
}

/** Mulberry32: small, even enough, and the same for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
