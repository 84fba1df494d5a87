import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import type { PaidSeat, PaidService } from './paid-seat.ts';
import { lineOf, sumOf, type PayLine } from './pay-line.ts';
import { kindsWithoutBase, reckon } from './pay-rules.ts';
import type { NeedEstimate, PayDifference, PayPerson, PayProblem } from './sheet-contract.ts';
import type { PayTerms } from './terms.ts';

/** Somebody with all their seats at an engagement, and what was adjusted by hand. */
export interface PaidPerson {
  resourceId: string;
  name: string;
  skill: string;
  seats: readonly PaidSeat[];
  adjustments: readonly { reason: string; amountMinor: number }[];
}

/** What one person gets. */
export function payOf(terms: PayTerms, { resourceId, name, skill, seats, adjustments }: PaidPerson): PayPerson {
  const lines = [
    ...reckon(terms, seats),
    ...adjustments.map(({ reason, amountMinor }) => lineOf('adjustment', amountMinor, { reason })),
  ];
  return {
    resourceId,
    name,
    skill,
    services: seats.length,
    byRoster: !terms.payRoster && seats.length > 0 && seats.every(({ byRoster }) => byRoster),
    lines,
    totalMinor: sumOf(lines),
  };
}

/** Over all people, in minor units. */
export function totalOf(people: readonly { totalMinor: number }[]): number {
  return people.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
}

export const noScale = 'No pay scale is valid on the day of the first service. Add one under Pay scales.';

/** What keeps a reckoning from being right, in sentences with their remedy. */
export function problemsOf(
  scale: { name: string; currency: string; terms: PayTerms } | null,
  services: readonly PaidService[],
  people: readonly PayPerson[],
  adjustments: readonly { reason: string; currency: string }[],
): PayProblem[] {
  if (!scale) {
    return [{ code: 'no_scale', message: noScale }];
  }
  return [
    ...kindsWithoutBase(scale.terms, services).map((kind) => ({
      code: 'no_base' as const,
      message: `“${scale.name}” says nothing about ${kindLabel(kind).toLowerCase()} services. Add them to the scale, with 0 if they are free.`,
    })),
    ...adjustments
      .filter(({ currency }) => currency !== scale.currency)
      .map(({ reason, currency }) => ({
        code: 'other_currency' as const,
        message: `The adjustment “${reason}” is in ${currency}, and “${scale.name}” pays in ${scale.currency}. Remove it and add it anew.`,
      })),
    ...people
      .filter(({ totalMinor }) => totalMinor < 0)
      .map(({ name }) => ({
        code: 'below_zero' as const,
        message: `More is taken off ${name} than they get. Change the adjustments.`,
      })),
  ];
}

/** Of whom the pay changed between two revisions, by name. */
export function differencesOf(before: readonly PayPerson[], after: readonly PayPerson[]): PayDifference[] {
  const people = new Map<string, PayDifference>();
  for (const { resourceId, name, totalMinor } of before)
    people.set(resourceId, { resourceId, name, beforeMinor: totalMinor, afterMinor: 0 });
  for (const { resourceId, name, totalMinor } of after) {
    const beforeMinor = people.get(resourceId)?.beforeMinor ?? 0;
    people.set(resourceId, { resourceId, name, beforeMinor, afterMinor: totalMinor });
  }
  return [...people.values()]
    .filter(({ beforeMinor, afterMinor }) => beforeMinor !== afterMinor)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A need with the seats at its services; those without a person are counted as if one person sat on each number. */
export interface PlannedNeed {
  needId: string;
  title: string;
  skill: string;
  kind: 'principal' | 'section';
}

export interface PlannedPlace {
  needId: string;
  filled: boolean;
  lines: readonly PayLine[];
}

/** What a need costs, by the lines of its people. */
export function estimateNeed(
  { needId, title, skill, kind }: PlannedNeed,
  places: readonly PlannedPlace[],
): NeedEstimate {
  const its = places.filter((place) => place.needId === needId);
  const sum = (filled: boolean) =>
    its.filter((place) => place.filled === filled).reduce((all, { lines }) => all + sumOf(lines), 0);
  const [filledMinor, openMinor] = [sum(true), sum(false)];
  return {
    needId,
    title,
    skill,
    kind,
    places: its.length,
    open: its.filter(({ filled }) => !filled).length,
    filledMinor,
    openMinor,
    totalMinor: filledMinor + openMinor,
    lines: together(its.flatMap(({ lines }) => lines)),
  };
}

/** Like lines as one: 3 × rehearsal and 3 × rehearsal are 6 × rehearsal. */
export function together(lines: readonly PayLine[]): PayLine[] {
  const groups = Map.groupBy(lines, ({ kind, serviceKind, instrument, unitMinor, rate, reason }) =>
    JSON.stringify([kind, serviceKind, instrument, unitMinor, rate, reason]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const total = (field: 'quantity' | 'ofMinor') =>
      first[field] === null ? null : group.reduce((sum, each) => sum + (each[field] ?? 0), 0);
    return [
      {
        ...first,
        scheduleItemId: null,
        day: null,
        quantity: total('quantity'),
        ofMinor: total('ofMinor'),
        amountMinor: sumOf(group),
      },
    ];
  });
}
