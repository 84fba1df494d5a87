import { partTitle } from '#features/calls/instruments/formula-needs.ts';
import type { FormulaNeed } from '#features/calls/instruments/formula-rules.ts';
import { familyOf, scoreOrder, type InstrumentCode } from '#features/calls/instruments/instrument-rules.ts';

/** One work of a programme. */
export interface Work {
  needs: readonly FormulaNeed[];
  /** Where it is played; null: at every service. */
  scheduleItemIds: readonly string[] | null;
}

/** What a programme wants of one part. */
export interface Demand {
  /** Says which part it is, whatever else is said of it: `fl 2`, `vn1 section`. */
  key: string;
  instrument: InstrumentCode;
  title: string;
  kind: FormulaNeed['kind'];
  doubles: InstrumentCode[];
  everyService: boolean;
  /** Seats at a service, at most; known before there is one. */
  quantity: number;
  /** Service → seats. */
  counts: Map<string, number>;
  /** Place among the needs: by the score. */
  sort: number;
}

interface Part {
  instrument: InstrumentCode;
  kind: FormulaNeed['kind'];
}

/**
 * Which part each need is, so that “Flute” of one work and “Flute 1, also piccolo” of another are one player. Players of
 * winds and percussion are counted by their order in the score, strings by principal and section.
 */
export function partKeys(parts: readonly Part[]): string[] {
  const counted = new Map<string, number>();
  return parts.map(({ instrument, kind }) => {
    if (familyOf(instrument) === 'strings') return `${instrument} ${kind}`;
    const number = (counted.get(instrument) ?? 0) + 1;
    counted.set(instrument, number);
    return `${instrument} ${number}`;
  });
}

/** The largest demand of all works, at each service of those works that are played there. */
export function demandOf(works: readonly Work[], services: readonly string[]): Demand[] {
  const found = new Map<string, Demand>();
  for (const { needs, scheduleItemIds } of works) {
    const keys = partKeys(needs);
    for (const [index, need] of needs.entries()) {
      const key = keys[index] ?? '';
      const known = found.get(key);
      const demand = known ?? {
        ...need,
        key,
        doubles: [],
        everyService: false,
        quantity: 0,
        counts: new Map<string, number>(),
        sort: 0,
      };
      if (need.kind === 'principal') demand.kind = 'principal';
      demand.doubles = [...new Set([...demand.doubles, ...need.doubles])];
      demand.everyService ||= scheduleItemIds === null;
      demand.quantity = Math.max(demand.quantity, need.quantity);
      for (const service of scheduleItemIds ?? services)
        demand.counts.set(service, Math.max(demand.counts.get(service) ?? 0, need.quantity));
      found.set(key, demand);
    }
  }
  // Of one instrument in the order of the parts.
  const places = new Map<string, number>();
  const demands = [...found.values()].map((demand) => {
    const place = places.get(demand.instrument) ?? 0;
    places.set(demand.instrument, place + 1);
    return { ...demand, title: titleOf(demand, found), sort: sortAmong(demand.instrument, place) };
  });
  return demands.toSorted((a, b) => a.sort - b.sort);
}

/** Instruments by the score, other skills behind them. @param place among the needs of this instrument */
export function sortAmong(skill: string, place: number): number {
  return (scoreOrder(skill) + 1) * 100 + Math.min(place, 99);
}

function titleOf({ key, instrument, title, doubles }: Demand, all: ReadonlyMap<string, Demand>): string {
  if (familyOf(instrument) === 'strings') return title;
  const number = all.has(`${instrument} 2`) ? Number(key.slice(key.indexOf(' ') + 1)) : undefined;
  return partTitle(instrument, number, doubles);
}
