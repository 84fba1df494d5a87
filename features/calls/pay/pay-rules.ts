import { share, whole } from './money-rules.ts';
import { lineOf, sumOf, type PayLine } from './pay-line.ts';
import type { PaidSeat } from './paid-seat.ts';
import type { PayTerms } from './terms.ts';
import { timeLines, timeOf, type Worked } from './time-rules.ts';

/**
 * What somebody earns by their seats. Each line is rounded once, and their sum is the total. Later ends, more
 * services, doubles and chairs never pay less; no line but a deduction is below zero, and none deducts more than its base.
 */
export function reckon(terms: PayTerms, seats: readonly PaidSeat[]): PayLine[] {
  const paid = seats.filter(({ byRoster }) => terms.payRoster || !byRoster);
  const called = paid.filter(({ service }) => service.cancelledAt === null);
  const missed = called.filter((seat) => isMissed(terms, seat));
  const worked = called.filter((seat) => !isMissed(terms, seat)).map((seat) => workedOf(terms, seat));
  const base = baseLines(worked);
  const cancelled = paid
    .filter(({ service }) => service.cancelledAt !== null)
    .map((seat) => cancellationLine(terms, seat));
  const late = worked.flatMap((one) => deductionLines(terms, one));
  const overtime = timeLines(terms, worked);
  // That of a day belongs to no chair: on the last one's it would be a premium that a further service takes away.
  const ofChairs = overtime.filter(({ kind }) => kind !== 'day_overtime');
  return [
    ...base,
    ...missed.map(({ service, needId, status }) =>
      lineOf('unpaid', 0, {
        needId,
        scheduleItemId: service.id,
        day: service.day,
        serviceKind: service.kind,
        reason: status,
      }),
    ),
    ...late,
    ...overtime,
    ...premiumLines(terms, worked, [...base, ...late, ...(terms.premiumsOn === 'base' ? [] : ofChairs)]),
    ...cancelled,
    ...guaranteeLines(terms, paid, missed.length, sumOf(base) + sumOf(cancelled)),
    ...cartageLines(terms, worked),
    ...perDiemLines(terms, worked),
  ];
}

/** Kinds of service that the terms give no base for: nothing may be paid by guessing. */
export function kindsWithoutBase(terms: PayTerms, services: readonly { kind: string }[]): string[] {
  const known = new Set<string>(terms.services.map(({ kind }) => kind));
  return [...new Set(services.map(({ kind }) => kind).filter((kind) => !known.has(kind)))];
}

function isMissed({ excused }: PayTerms, { status }: PaidSeat): boolean {
  return status === 'absent' || (status === 'excused' && excused === 'unpaid');
}

function baseOf(terms: PayTerms, kind: string): { baseMinor: number; minutes: number } {
  return terms.services.find((each) => each.kind === kind) ?? { baseMinor: 0, minutes: 150 };
}

function workedOf(terms: PayTerms, seat: PaidSeat): Worked {
  const { baseMinor, minutes } = baseOf(terms, seat.service.kind);
  return { ...seat, baseMinor, standard: minutes, ...timeOf(seat) };
}

/** One line for each kind of service on each chair. */
function baseLines(worked: readonly Worked[]): PayLine[] {
  const groups = Map.groupBy(worked, ({ needId, service }) => `${needId} ${service.kind}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { needId, service, baseMinor: unitMinor } = first;
    const quantity = group.length;
    return [lineOf('base', unitMinor * quantity, { needId, serviceKind: service.kind, quantity, unitMinor })];
  });
}

/** What was missed of the ordinary time; never more than the base. */
function deductionLines({ lateness, overtime, rounding }: PayTerms, one: Worked): PayLine[] {
  const missed = one.status === 'late' ? one.missed : Math.max(0, Math.min(one.standard, one.length) - one.present);
  if (lateness === 'paid' || missed === 0 || one.status === 'present' || one.status === 'excused') return [];
  const { stepMinutes } = overtime;
  const counted = lateness === 'unpaid_by_step' ? Math.ceil(missed / stepMinutes) * stepMinutes : missed;
  const taken = share(one.baseMinor, Math.min(counted, one.standard), one.standard, rounding);
  if (taken === 0) return [];
  const { needId, service, status } = one;
  return [
    lineOf('deduction', -taken, {
      needId,
      scheduleItemId: service.id,
      day: service.day,
      serviceKind: service.kind,
      quantity: counted,
      ofMinor: one.baseMinor,
      reason: status,
    }),
  ];
}

/** A principal's premium and what is doubled, for each chair a share of what was earned on it. */
function premiumLines(terms: PayTerms, worked: readonly Worked[], earned: readonly PayLine[]): PayLine[] {
  const chairs = [...new Map(worked.map((one) => [one.needId, one])).values()];
  return chairs.flatMap(({ needId, principal, doubles }) => {
    const ofMinor = sumOf(earned.filter((line) => line.needId === needId));
    const premium = (kind: 'principal' | 'doubling', rate: number, instrument: string | null) => {
      const amountMinor = share(ofMinor, rate, whole, terms.rounding);
      return amountMinor === 0 ? [] : [lineOf(kind, amountMinor, { needId, instrument, rate, ofMinor })];
    };
    return [
      ...(principal ? premium('principal', terms.principal, null) : []),
      ...doubles.flatMap((double, index) => premium('doubling', doublingRate(terms, double, index), double)),
    ];
  });
}

/** @param index place among what is doubled on this chair, from 0 */
function doublingRate({ doubling }: PayTerms, instrument: string, index: number): number {
  if (doubling.by === 'steps') return [doubling.first, doubling.second][index] ?? doubling.further;
  return doubling.categories.find(({ instruments }) => instruments.some((each) => each === instrument))?.rate ?? 0;
}

/** By the shortest limit that the notice falls short of. */
function cancellationLine(terms: PayTerms, { service, needId }: PaidSeat): PayLine {
  const notice = Date.parse(service.startsAt) - Date.parse(service.cancelledAt ?? service.startsAt);
  const tier = terms.cancellation
    .toSorted((a, b) => a.withinHours - b.withinHours)
    .find(({ withinHours }) => notice < withinHours * 3_600_000);
  const { baseMinor: ofMinor } = baseOf(terms, service.kind);
  const rate = tier?.rate ?? 0;
  return lineOf('cancellation', share(ofMinor, rate, whole, terms.rounding), {
    needId,
    scheduleItemId: service.id,
    day: service.day,
    serviceKind: service.kind,
    rate,
    ofMinor,
  });
}

/** What is missing to the guaranteed services; what somebody missed isn't guaranteed. */
function guaranteeLines(
  { guarantee, services }: PayTerms,
  seats: readonly PaidSeat[],
  missed: number,
  earned: number,
): PayLine[] {
  const [seat] = seats;
  if (!guarantee || !seat) return [];
  const quantity = Math.max(0, guarantee.services - missed);
  const unitMinor = services.find(({ kind }) => kind === guarantee.kind)?.baseMinor ?? 0;
  const short = quantity * unitMinor - earned;
  if (short <= 0) return [];
  return [
    lineOf('guarantee', short, {
      needId: seat.needId,
      serviceKind: guarantee.kind,
      quantity,
      unitMinor,
      ofMinor: earned,
    }),
  ];
}

/** For each large instrument that was brought, once or for each service. */
function cartageLines({ cartage }: PayTerms, worked: readonly Worked[]): PayLine[] {
  return cartage.amounts.flatMap(({ instrument, amountMinor: unitMinor }) => {
    const carried = worked.filter(({ skill, doubles }) => skill === instrument || doubles.includes(instrument));
    const [first] = carried;
    if (!first || unitMinor === 0) return [];
    const quantity = cartage.per === 'engagement' ? 1 : carried.length;
    return [lineOf('cartage', unitMinor * quantity, { needId: first.needId, instrument, quantity, unitMinor })];
  });
}

function perDiemLines({ perDiem }: PayTerms, worked: readonly Worked[]): PayLine[] {
  const away = worked.filter(({ service }) => perDiem?.kinds.some((kind) => kind === service.kind));
  const [first] = away;
  if (!perDiem || !first || perDiem.amountMinor === 0) return [];
  const quantity = new Set(away.map(({ service }) => service.day)).size;
  const { amountMinor: unitMinor } = perDiem;
  return [lineOf('per_diem', unitMinor * quantity, { needId: first.needId, quantity, unitMinor })];
}
