import { families, familyOf, instrumentName, type Family } from '#features/calls/instruments/instrument-rules.ts';
import { folded } from '#features/imports/rules-names.ts';
import type { HeldChair, Position } from './contract.ts';

export interface Chairs {
  position: Position;
  /** From the front; a chair that nobody holds on the day is vacant. */
  chairs: { number: number; holder: HeldChair | undefined }[];
}

export interface FamilyRoster {
  family: Family;
  positions: Chairs[];
  held: number;
  chairs: number;
}

export interface Narrowing {
  /** Part of a name, an instrument or a title. */
  q?: string | undefined;
  /** Only chairs that nobody holds, or whose holder is away. */
  open?: boolean | undefined;
}

/** The roster by family, in score order, with vacancies where nobody sits. Narrowed, empty parts fall away. */
export function rosterByFamily(
  { positions, chairs }: { positions: readonly Position[]; chairs: readonly HeldChair[] },
  { q, open }: Narrowing = {},
): FamilyRoster[] {
  const of = Map.groupBy(chairs, ({ positionId }) => positionId);
  const wanted = folded(q ?? '').trim();
  const all = positions.map((position) => chairsOf(position, of.get(position.id) ?? []));
  return families.flatMap((family) => {
    const whole = all.filter(({ position }) => familyOf(position.instrument) === family);
    const shown = whole.map((one) => narrowed(one, wanted, open === true)).filter((one) => one.chairs.length > 0);
    const every = shown.flatMap((one) => one.chairs);
    return shown.length > 0
      ? [{ family, positions: shown, held: every.filter(({ holder }) => holder).length, chairs: every.length }]
      : [];
  });
}

/** Chairs beyond the position's number, of days when it had more, are shown too. */
function chairsOf(position: Position, held: readonly HeldChair[]): Chairs {
  const count = Math.max(position.chairs, ...held.map(({ number }) => number));
  const chairs = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    holder: held.find(({ number }) => number === index + 1),
  }));
  return { position, chairs: chairs.filter(({ number, holder }) => holder ?? number <= position.chairs) };
}

function narrowed({ position, chairs }: Chairs, wanted: string, open: boolean): Chairs {
  const titled = folded(`${position.title} ${instrumentName(position.instrument)}`).includes(wanted);
  return {
    position,
    chairs: chairs.filter(
      ({ holder }) =>
        (titled || (holder && folded(holder.name).includes(wanted))) && (!open || !holder || holder.away.length > 0),
    ),
  };
}
