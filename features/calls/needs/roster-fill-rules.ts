import { instrumentOf, isInstrument } from '#features/calls/instruments/instrument-rules.ts';
import { skillNames } from '#features/calls/instruments/skill-rules.ts';

export interface WantedPlayer {
  id: string;
  /** Code of an instrument, or any other skill. */
  skill: string;
  kind: 'principal' | 'section';
  doubles: readonly string[];
}

/** Somebody's chair in the roster. */
export interface Chair {
  resourceId: string;
  instrument: string;
  kind: 'principal' | 'section';
  doubles: readonly string[];
}

export interface FillService {
  id: string;
  /** Chairs of those who are there, in the roster's order: not on leave, not committed elsewhere. */
  chairs: readonly Chair[];
}

export interface OpenSeat {
  id: string;
  needId: string;
  serviceId: string;
  number: number;
}

export interface Sitting {
  needId: string;
  serviceId: string;
  number: number;
  resourceId: string;
}

/**
 * How well a chair suits a need: 0 not at all, else the more the better. Principals fill principal needs, tutti chairs
 * section needs; an instrument that only some play in its group (English horn) has no such difference. Who has a chair
 * of the instrument comes before who has it as a double; a double that belongs to the chair before one that is a skill.
 * @param skills of the person, lower case
 */
export function suits(chair: Chair, need: WantedPlayer, skills: ReadonlySet<string>): number {
  const own = chair.instrument === need.skill;
  if (!own && !chair.doubles.includes(need.skill)) return 0;
  const leads = isInstrument(need.skill) && instrumentOf(need.skill).base === need.skill;
  if (own && leads && chair.kind !== need.kind) return 0;
  const ofChair = (double: string) => chair.doubles.includes(double) || chair.instrument === double;
  const known = (double: string) => skillNames(double).some((name) => skills.has(name));
  if (!need.doubles.every((double) => ofChair(double) || known(double))) return 0;
  return 1 + (own ? 2 : 0) + (need.doubles.every(ofChair) ? 1 : 0);
}

/**
 * Who of the roster takes which open seat. Needs that want a double choose first; in each the roster's order decides.
 * Nobody sits twice at a service, and people keep the seat number that they have elsewhere in the need.
 */
export function planRoster(input: {
  needs: readonly WantedPlayer[];
  services: readonly FillService[];
  open: readonly OpenSeat[];
  seated: readonly Sitting[];
  skills: ReadonlyMap<string, ReadonlySet<string>>;
}): (OpenSeat & { resourceId: string })[] {
  const numbers = new Map(input.seated.map(({ needId, resourceId, number }) => [`${needId} ${resourceId}`, number]));
  const needs = input.needs.toSorted((a, b) => b.doubles.length - a.doubles.length);
  const none: ReadonlySet<string> = new Set();
  return input.services.flatMap((service) => {
    const here = <T extends { serviceId: string }>(rows: readonly T[]) =>
      rows.filter(({ serviceId }) => serviceId === service.id);
    const taken = new Set(here(input.seated).map(({ resourceId }) => resourceId));
    const open = here(input.open);
    return needs.flatMap((need) => {
      const seats = open.filter(({ needId }) => needId === need.id);
      const people = service.chairs
        .map((chair) => ({ chair, fit: suits(chair, need, input.skills.get(chair.resourceId) ?? none) }))
        .filter(({ chair, fit }) => fit > 0 && !taken.has(chair.resourceId))
        .toSorted((a, b) => b.fit - a.fit)
        .map(({ chair }) => chair.resourceId);
      const chosen = [...new Set(people)].slice(0, seats.length);
      for (const resourceId of chosen) taken.add(resourceId);
      return placeOn(seats, chosen, need.id, numbers);
    });
  });
}

/** Each to the number that they have already, the others to numbers that nobody has, then to any. */
function placeOn(
  seats: readonly OpenSeat[],
  people: readonly string[],
  needId: string,
  numbers: Map<string, number>,
): (OpenSeat & { resourceId: string })[] {
  const left = seats.toSorted((a, b) => a.number - b.number);
  const owned = new Set([...numbers].flatMap(([key, number]) => (key.startsWith(needId) ? [number] : [])));
  const take = (fits: (seat: OpenSeat) => boolean) => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const known = people.map((resourceId) => {
    const number = numbers.get(`${needId} ${resourceId}`);
    return { resourceId, seat: number === undefined ? undefined : take((seat) => seat.number === number) };
  });
  return known.flatMap(({ resourceId, seat: kept }) => {
    const seat = kept ?? take(({ number }) => !owned.has(number)) ?? take(() => true);
    if (!seat) return [];
    numbers.set(`${needId} ${resourceId}`, seat.number);
    return [{ ...seat, resourceId }];
  });
}
