import type { ResourceKind } from '../../resources/contract.ts';

/** A search, in the address: it can be sent to somebody. Instants in UTC. */
export interface FindSearch {
  kind?: ResourceKind;
  startsAt?: string;
  endsAt?: string;
  skill?: string;
  minLevel?: number;
  tags?: string[];
  /** Distance is measured from this place. */
  near?: string;
  withinKm?: number;
  maxRate?: number;
  rateUnit?: 'hour' | 'day' | 'service';
  units?: number;
  /** What it is for: an engagement to hold or commit for. */
  engagement?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
const instant = (value: unknown): string | undefined =>
  typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value : undefined;

export function readFindSearch(search: Record<string, unknown>): FindSearch {
  const { kind, rateUnit, tags } = search;
  return {
    kind: kind === 'place' || kind === 'thing' ? kind : undefined,
    startsAt: instant(search['startsAt']),
    endsAt: instant(search['endsAt']),
    skill: text(search['skill']),
    minLevel: number(search['minLevel']),
    tags: Array.isArray(tags) && tags.length > 0 ? tags.map(String) : undefined,
    near: text(search['near']),
    withinKm: number(search['withinKm']),
    maxRate: number(search['maxRate']),
    rateUnit: rateUnit === 'hour' || rateUnit === 'day' || rateUnit === 'service' ? rateUnit : undefined,
    units: number(search['units']),
    engagement: text(search['engagement']),
  };
}
