import { formatTime } from '#platform/time/format.ts';
import { legName } from './kinds.ts';
import type { TravelConflict, TravelLeg } from './travel-contract.ts';

type Leg = Pick<TravelLeg, 'id' | 'mode' | 'carrier' | 'number' | 'toZone'>;

/** What is in the way of several people alike is said once. */
export interface ToldConflict {
  key: string;
  kind: TravelConflict['kind'];
  text: string;
  legId: string | null;
}

/** In plain words, in the order given. */
export function conflictWords(conflicts: readonly TravelConflict[], legs: readonly Leg[]): ToldConflict[] {
  const groups = Map.groupBy(conflicts, ({ kind, legId, what, at, nights }) =>
    [kind, legId, what, at, nights.join()].join('|'),
  );
  return [...groups].flatMap(([key, alike]) => {
    const [first] = alike;
    if (!first) return [];
    const leg = legs.find(({ id }) => id === first.legId);
    return [
      { key, kind: first.kind, legId: first.legId, text: sentence(first, namesOf(alike), alike.length > 1, leg) },
    ];
  });
}

function namesOf(alike: readonly TravelConflict[]): string {
  const names = alike.map(({ personName }) => personName);
  if (names.length <= 3) return list.format(names);
  return list.format([...names.slice(0, 2), `${names.length - 2} others`]);
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function sentence(conflict: TravelConflict, who: string, many: boolean, leg: Leg | undefined): string {
  const { kind, what, at, zone, arrivesAt, minutes, nights } = conflict;
  const on = leg ? legName(leg) : 'this leg';
  const begins = at ? `${formatTime(at, zone, 'day')}, ${formatTime(at, zone)}` : '';
  const is = many ? 'are' : 'is';
  switch (kind) {
    case 'late': {
      const arrives = arrivesAt && leg ? ` at ${formatTime(arrivesAt, leg.toZone)}` : '';
      return `${who} ${many ? 'arrive' : 'arrives'} with ${on}${arrives}, too late for ${what} (${begins}).`;
    }
    case 'tight':
      return `${who} ${many ? 'arrive' : 'arrives'} with ${on} ${ahead(minutes ?? 0)} ${what} (${begins}).`;
    case 'overlap':
      return `${who} ${is} on the way with ${on} while wanted for ${what} (${begins}).`;
    case 'elsewhere':
      return `${who} ${is} on ${on} and committed to ${what} at that time (${begins}).`;
    case 'two_legs':
      return `${who} ${is} on ${on} and on ${what} at the same time.`;
    case 'no_bed':
      return `${who} ${many ? 'have' : 'has'} no bed for the ${nights.length === 1 ? 'night' : 'nights'} of ${nightWords(nights)}.`;
    case 'full_room':
      return `${what} has fewer beds than people: ${who}.`;
    case 'no_travel':
      return `${who} ${is} on no leg.`;
  }
}

function ahead(minutes: number): string {
  return minutes === 0 ? 'just as it is time for' : `only ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} before`;
}

function nightWords(nights: readonly string[]): string {
  const day = (date: string) => formatTime(`${date}T12:00:00.000Z`, 'UTC', 'day');
  if (nights.length <= 2) return list.format(nights.map(day));
  return `${day(nights[0] ?? '')} to ${day(nights.at(-1) ?? '')}`;
}
