import { dayOf } from '#features/engagements/timeline/day-rules.ts';
import { addDays } from '#platform/time/wall-clock.ts';
import { bedsOf, bufferOf, legName, roomName, type RoomKind, type TravelMode } from './kinds.ts';
import type { ConflictKind, TravelConflict } from './travel-contract.ts';

/** A leg as far as it can be in somebody's way. */
export interface Journey {
  id: string;
  mode: TravelMode;
  carrier: string;
  number: string;
  fromZone: string;
  toZone: string;
  departsAt: string;
  arrivesAt: string;
}

/** Where somebody has to be: an item of the schedule, or a commitment to something else. */
export interface Wanted {
  what: string;
  startsAt: string;
  endsAt: string;
  zone: string;
  elsewhere: boolean;
}

/** What one person does around an engagement. */
export interface PersonTravel {
  personId: string;
  name: string;
  onRoster: boolean;
  legs: readonly Journey[];
  /** Of other engagements: they can be in the way, and are told there. */
  otherLegs: readonly Journey[];
  wanted: readonly Wanted[];
  /** Days (YYYY-MM-DD) in whose night they have a bed. */
  nights: ReadonlySet<string>;
}

export interface FilledRoom {
  kind: RoomKind;
  label: string;
  hotelName: string;
  sleepers: readonly { name: string }[];
}

const gravest: readonly ConflictKind[] = [
  'two_legs',
  'overlap',
  'elsewhere',
  'late',
  'tight',
  'no_bed',
  'full_room',
  'no_travel',
];

/** Everything that can't go as it is planned, the gravest first. */
export function findConflicts(people: readonly PersonTravel[], rooms: readonly FilledRoom[]): TravelConflict[] {
  const travelled = people.some(({ legs }) => legs.length > 0);
  const found = [
    ...people.flatMap((person) => [
      ...twoAtOnce(person),
      ...person.legs.flatMap((leg) => [...inTheWay(person, leg), ...soonAfter(person, leg)]),
      ...nightsWithout(person),
    ]),
    ...rooms.flatMap(tooFull),
    // While nothing is booked at all, everybody would be missing.
    ...(travelled ? people.filter(({ onRoster, legs }) => onRoster && legs.length === 0).map(notTravelling) : []),
  ];
  return found.toSorted(
    (a, b) =>
      gravest.indexOf(a.kind) - gravest.indexOf(b.kind) ||
      compare(a.at ?? '', b.at ?? '') ||
      compare(a.personName, b.personName),
  );
}

function twoAtOnce(person: PersonTravel): TravelConflict[] {
  const inOrder = person.legs.toSorted(byDeparture);
  const own = inOrder.flatMap((leg, index) => inOrder.slice(index + 1).map((other) => [leg, other] as const));
  const others = inOrder.flatMap((leg) => person.otherLegs.map((other) => [leg, other] as const));
  return [...own, ...others]
    .filter(([leg, other]) => leg.departsAt < other.arrivesAt && other.departsAt < leg.arrivesAt)
    .map(([leg, other]) =>
      conflictOf('two_legs', person, leg, { what: legName(other), at: other.departsAt, zone: other.fromZone }),
    );
}

/** What goes on while they are on the way; of what they would come late for, the first. */
function inTheWay(person: PersonTravel, leg: Journey): TravelConflict[] {
  const meanwhile = person.wanted
    .filter(({ startsAt, endsAt }) => startsAt < leg.arrivesAt && endsAt > leg.departsAt)
    .toSorted(byStart);
  const elsewhere = meanwhile.filter((one) => one.elsewhere);
  const running = meanwhile.filter((one) => !one.elsewhere && one.startsAt < leg.departsAt);
  const missed = meanwhile.filter((one) => !one.elsewhere && one.startsAt >= leg.departsAt).slice(0, 1);
  const told = (kind: ConflictKind) => (one: Wanted) => conflictOf(kind, person, leg, { ...one, at: one.startsAt });
  return [...elsewhere.map(told('elsewhere')), ...running.map(told('overlap')), ...missed.map(told('late'))];
}

/** What begins so soon after arriving that any delay makes them late. */
function soonAfter(person: PersonTravel, leg: Journey): TravelConflict[] {
  const [next] = person.wanted.filter(({ startsAt }) => startsAt >= leg.arrivesAt).toSorted(byStart);
  if (!next) return [];
  const minutes = Math.floor((Date.parse(next.startsAt) - Date.parse(leg.arrivesAt)) / 60_000);
  if (minutes >= bufferOf(leg.mode)) return [];
  return [{ ...conflictOf('tight', person, leg, { ...next, at: next.startsAt }), minutes }];
}

/** Whoever is away for longer has gone home in between, and told nobody how. */
const nightsAway = 14;

/** Nights between two legs in which they are neither on the way nor in a bed: a day ends at four in the morning. */
function nightsWithout(person: PersonTravel): TravelConflict[] {
  const inOrder = person.legs.toSorted(byDeparture);
  return inOrder.slice(1).flatMap((next, index) => {
    const before = inOrder[index];
    if (!before || before.arrivesAt > next.departsAt) return [];
    const until = dayOf({ startsAt: next.departsAt, zone: next.fromZone });
    const nights: string[] = [];
    for (let day = dayOf({ startsAt: before.arrivesAt, zone: before.toZone }); day < until; day = addDays(day, 1)) {
      nights.push(day);
      if (nights.length > nightsAway) return [];
    }
    const missing = nights.filter((night) => !person.nights.has(night));
    if (missing.length === 0) return [];
    const what = { what: legName(next), at: next.departsAt, zone: next.fromZone };
    return [{ ...conflictOf('no_bed', person, before, what), nights: missing }];
  });
}

function tooFull(room: FilledRoom): TravelConflict[] {
  if (room.sleepers.length <= bedsOf(room.kind)) return [];
  const personName = room.sleepers.map(({ name }) => name).join(', ');
  return [{ ...nothingSaid, kind: 'full_room', personName, what: `${roomName(room)}, ${room.hotelName}` }];
}

function notTravelling({ personId, name }: PersonTravel): TravelConflict {
  return { ...nothingSaid, kind: 'no_travel', personId, personName: name };
}

const nothingSaid = {
  personId: null,
  legId: null,
  what: '',
  at: null,
  zone: '',
  arrivesAt: null,
  minutes: null,
  nights: [],
};

function conflictOf(
  kind: ConflictKind,
  { personId, name }: PersonTravel,
  leg: Journey,
  { what, at, zone }: { what: string; at: string; zone: string },
): TravelConflict {
  return {
    ...nothingSaid,
    kind,
    personId,
    personName: name,
    legId: leg.id,
    what,
    at,
    zone,
    arrivesAt: leg.arrivesAt,
  };
}

/** The days in whose nights a hotel gives a bed. */
export function nightsOf({ checkInOn, checkOutOn }: { checkInOn: string; checkOutOn: string }): string[] {
  const nights: string[] = [];
  for (let day = checkInOn; day < checkOutOn; day = addDays(day, 1)) nights.push(day);
  return nights;
}

interface Due {
  personId: string;
  name: string;
  amountMinor: number;
  currency: string;
  paidAt: string | null;
}

/** What somebody gets altogether, in each currency. */
export interface PerDiemSum {
  personId: string;
  name: string;
  currency: string;
  days: number;
  totalMinor: number;
  openMinor: number;
}

/** Per person and currency, by name. */
export function sumPerDiems(perDiems: readonly Due[]): PerDiemSum[] {
  const groups = Map.groupBy(perDiems, ({ personId, currency }) => `${personId} ${currency}`);
  return [...groups.values()]
    .flatMap((all) => {
      const [first] = all;
      const sum = (those: readonly Due[]) => those.reduce((total, { amountMinor }) => total + amountMinor, 0);
      return first
        ? [
            {
              personId: first.personId,
              name: first.name,
              currency: first.currency,
              days: all.length,
              totalMinor: sum(all),
              openMinor: sum(all.filter(({ paidAt }) => paidAt === null)),
            },
          ]
        : [];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || compare(a.currency, b.currency));
}

const byDeparture = (a: Journey, b: Journey) => compare(a.departsAt, b.departsAt) || compare(a.id, b.id);
const byStart = (a: Wanted, b: Wanted) => compare(a.startsAt, b.startsAt);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
