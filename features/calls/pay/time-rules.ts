import { share, whole } from './money-rules.ts';
import { lineOf, type PayLine } from './pay-line.ts';
import type { PaidSeat } from './paid-seat.ts';
import type { PayTerms } from './terms.ts';

/** A service at which somebody was, in whole minutes. */
export interface Worked extends PaidSeat {
  baseMinor: number;
  /** How long it may last by the scale. */
  standard: number;
  /** From the call to the end. */
  length: number;
  /** The same, until this person left. */
  present: number;
  missed: number;
  /** In milliseconds since 1970. */
  begins: number;
  ends: number;
}

/**
 * Who is called for ten is at work from ten, however late it begins; an earlier start counts. It ends when it was
 * reported to have ended, else when it was planned to.
 */
export function timeOf({
  service,
  status,
  minutes,
}: PaidSeat): Pick<Worked, 'length' | 'present' | 'missed' | 'begins' | 'ends'> {
  const planned = Date.parse(service.startsAt);
  const begins = Math.min(planned, Date.parse(service.startedAt ?? service.startsAt));
  const closed = Math.max(begins, Date.parse(service.endedAt ?? service.endsAt));
  const length = Math.floor((closed - begins) / 60_000);
  const missed = status === 'late' || status === 'left_early' ? minutes : 0;
  const present = status === 'left_early' ? Math.max(0, length - missed) : length;
  return { length, present, missed, begins, ends: begins + present * 60_000 };
}

/** Started steps beyond the standard; within the grace none, past it all of them. */
export function overtimeSteps({ overtime }: PayTerms, minutes: number, standard: number): number {
  return minutes <= standard + overtime.graceMinutes ? 0 : Math.ceil((minutes - standard) / overtime.stepMinutes);
}

/** So many steps at the overtime rate of a base. */
export function stepPay({ overtime, rounding }: PayTerms, { baseMinor, standard }: Rated, steps: number): number {
  return share(baseMinor, steps * overtime.stepMinutes * overtime.rate, standard * whole, rounding);
}

type Rated = Pick<Worked, 'baseMinor' | 'standard'>;

/** Overtime of each service, of whole days, and for rest that was cut short. */
export function timeLines(terms: PayTerms, worked: readonly Worked[]): PayLine[] {
  const days = [...Map.groupBy(worked, ({ service }) => service.day).values()];
  return [
    ...worked.flatMap((one) => stepsLine(terms, 'overtime', one, one, overtimeSteps(terms, one.present, one.standard))),
    ...days.flatMap((day) => dayLines(terms, day)),
    ...days.flatMap((day) => restLines(terms, day)),
  ];
}

function stepsLine(
  terms: PayTerms,
  kind: 'overtime' | 'day_overtime' | 'rest',
  { service, needId }: Worked,
  rated: Rated,
  steps: number,
): PayLine[] {
  const amountMinor = stepPay(terms, rated, steps);
  if (amountMinor === 0) return [];
  return [
    lineOf(kind, amountMinor, {
      needId,
      scheduleItemId: service.id,
      day: service.day,
      serviceKind: service.kind,
      quantity: steps * terms.overtime.stepMinutes,
      rate: terms.overtime.rate,
      ofMinor: rated.baseMinor,
    }),
  ];
}

/** Ordinary time beyond what a day may have, at the best rate of that day. What a service's own overtime pays isn't counted. */
function dayLines(terms: PayTerms, day: readonly Worked[]): PayLine[] {
  const [last] = day.toSorted((a, b) => b.ends - a.ends);
  if (terms.day.minutes === null || !last) return [];
  const ordinary = day.reduce((sum, { present, standard }) => sum + Math.min(present, standard), 0);
  return stepsLine(terms, 'day_overtime', last, bestRate(day), overtimeSteps(terms, ordinary, terms.day.minutes));
}

/** The highest pay for a minute; compared without dividing. */
function bestRate(day: readonly Worked[]): Rated {
  return day.reduce<Rated>(
    (best, one) => (one.baseMinor * best.standard > best.baseMinor * one.standard ? one : best),
    { baseMinor: 0, standard: 1 },
  );
}

const rehearsals = new Set(['rehearsal', 'dress_rehearsal']);

/** What is missing of the rest before a concert is paid like overtime of that concert. */
function restLines(terms: PayTerms, day: readonly Worked[]): PayLine[] {
  const wanted = terms.day.restMinutes ?? 0;
  return day
    .filter(({ service }) => service.kind === 'concert')
    .flatMap((concert) => {
      const before = day.filter(({ service, begins }) => rehearsals.has(service.kind) && begins < concert.begins);
      if (before.length === 0) return [];
      const rested = (concert.begins - Math.max(...before.map(({ ends }) => ends))) / 60_000;
      const missing = Math.min(wanted, wanted - rested);
      const steps = missing <= 0 ? 0 : Math.ceil(missing / terms.overtime.stepMinutes);
      return stepsLine(terms, 'rest', concert, concert, steps);
    });
}
