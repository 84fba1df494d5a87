import { groupKeys } from '#features/engagements/people/group-words.ts';
import { isNamed } from '#features/engagements/timeline/audience-rules.ts';
import { seenWords, type RosterNames } from '#features/engagements/timeline/audience-words.ts';
import { statusWord } from '#features/scheduling/claims/claim-words.ts';
import type { Facts, PdfBlock, PdfTable, Timeline, TimelineRow } from '#platform/pdf/document.ts';
import { zoneCity, zoneOffset } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { daySpan, isBookedOn, isOn, type Spent } from '../show-day-rules.ts';
import { capital, packOf } from './sheet-frame.ts';
import type { SheetClock } from './sheet-clock.ts';
import type { SheetPerson } from './sheet-people.ts';
import type { SheetItem, SheetSource } from './sheet-source.ts';

/** The blocks that documents about a show day are made of. */

export function placeFacts(source: SheetSource, day: string, clock: SheetClock, more: Facts['items'] = []): Facts {
  const { engagement } = source;
  const { words, stages } = packOf(source);
  const stage = stages.find(({ key }) => key === engagement.stage)?.label ?? engagement.stage;
  return {
    kind: 'facts',
    items: [
      { label: capital(words.place.one), value: lines(engagement.place, engagement.address), wide: true },
      ...more,
      { label: 'Times in', value: clock.zone(engagement.zone, daySpan(day, engagement.zone)) },
      // No “Stage” on a sheet that says where the stage is.
      { label: 'Status', value: stage },
      { label: capital(words.series.one), value: engagement.series ?? '' },
    ],
  };
}

export function timelineOf(source: SheetSource, day: string, clock: SheetClock, items: readonly SheetItem[]): Timeline {
  return {
    kind: 'timeline',
    heading: 'Schedule',
    empty: 'Nothing is planned on this day.',
    rows: items.filter((item) => isOn(day, item)).map((item) => rowOf(item, source, day, clock)),
  };
}

function rowOf(item: SheetItem, source: SheetSource, day: string, clock: SheetClock): TimelineRow {
  const { engagement } = source;
  const { startsAt, endsAt, zone, kind, title } = item;
  const { date } = toWallClock(startsAt, zone);
  const offset = zoneOffset(zone, startsAt);
  const marks = [
    date < day ? `from ${clock.day(date)}` : '',
    date > day ? '+1' : '',
    zone === engagement.zone ? '' : zoneCity(zone),
    // The hour that comes twice, on the night when the clocks go back.
    zoneOffset(zone, daySpan(day, zone).startsAt) === offset ? '' : offset,
  ];
  const word = kindWord(kind);
  const named = kind === 'other' || title.toLowerCase().includes(word.toLowerCase());
  const elsewhere = item.placeId !== engagement.placeId;
  return {
    from: clock.time(startsAt, zone),
    until: clock.until(endsAt, startsAt, zone),
    mark: marks.filter(Boolean).join(', '),
    what: title === '' ? word : named ? title : `${word}: ${title}`,
    where: elsewhere ? [item.place, oneLine(item.address)].filter(Boolean).join(', ') : '',
    details: [
      seenWords(item, namesIn(source)),
      forWords(item, source),
      item.dress && `Dress: ${oneLine(item.dress)}`,
      item.notes.trim(),
    ].filter((text) => text !== ''),
  };
}

function namesIn({ groups, people }: SheetSource): RosterNames {
  return { groups: groupKeys.map((key) => ({ key, name: groups[key] })), items: people };
}

/** “For: Band, Ann Flute”; nothing of what is for everybody. Names only as far as the reader sees the roster. */
function forWords({ forAll, forGroups, personIds }: SheetItem, { groups, people }: SheetSource): string {
  if (forAll) return '';
  const named = people.filter(({ id }) => personIds.includes(id)).map(({ name }) => name);
  const words = [...forGroups.toSorted().map((key) => groups[key]), ...named];
  return words.length > 0 ? `For: ${words.join(', ')}` : '';
}

/** “load_in” → “Load-in”, “dress_rehearsal” → “Dress rehearsal”: codes of kinds are their words. */
function kindWord(kind: string): string {
  return capital(kind.replace(/_(in|out)$/, '-$1').replaceAll('_', ' '));
}

/** The people of a day, a row each. */
export interface DayPerson {
  name: string;
  role: string;
  /** When they are first wanted on the day, as an instant. */
  from: string;
  times: string;
  phone: string;
  email: string;
  committed: boolean;
}

/** Their time is that of their bookings, and of what they are wanted for by name or group besides. */
export function peopleOn(source: SheetSource, day: string, clock: SheetClock): DayPerson[] {
  const pack = packOf(source);
  const items = source.items.filter((item) => isOn(day, item));
  const today = new Set(items.map(({ id }) => id));
  const people = Map.groupBy(
    source.bookings.filter((one) => one.kind === 'person' && isBookedOn(day, one)),
    ({ resourceId }) => resourceId,
  );
  const entryOf = (id: string) => source.people.find(({ resourceId }) => resourceId === id);
  const wantedAt = (entry: SheetPerson | undefined) => (entry ? items.filter((item) => isNamed(item, entry)) : []);
  const booked = [...people.values()].flatMap((bookings) => {
    const [first] = bookings;
    if (!first) return [];
    const entry = entryOf(first.resourceId);
    const seats = bookings.flatMap((one) => one.seats).filter(({ itemId }) => today.has(itemId));
    const titles = [...new Set(seats.map(({ title }) => title))];
    const open = bookings.filter(({ status }) => status !== 'commit');
    const words = [...new Set(open.map(({ status, rank }) => statusWord(pack, status, rank)))];
    const spans = [...bookings, ...wantedAt(entry).filter((item) => !bookings.some((one) => covers(one, item)))];
    return [
      {
        name: first.name,
        role: [...(titles.length > 0 ? titles : [entry?.role]), ...words].filter(Boolean).join(', '),
        from: firstOf(spans) ?? first.startsAt,
        times: timesOf(spans, day, clock),
        phone: first.phone ?? '',
        email: first.email ?? '',
        committed: open.length < bookings.length,
      },
    ];
  });
  const byHand = source.people
    .filter(({ standing }) => standing === 'confirmed')
    .map((entry) => {
      const wanted = wantedAt(entry);
      return {
        name: entry.name,
        role: entry.role,
        // After those whose call is known.
        from: firstOf(wanted) ?? source.engagement.endsAt,
        times: timesOf(wanted, day, clock),
        phone: entry.phone ?? '',
        email: entry.email ?? '',
        committed: true,
      };
    });
  return [...booked, ...byHand].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

const covers = (whole: Spent, part: Spent) => whole.startsAt <= part.startsAt && whole.endsAt >= part.endsAt;

const firstOf = (spans: readonly Spent[]) => spans.map(({ startsAt }) => startsAt).toSorted()[0];

/** Up to three stretches of time; of more the first and the last end. */
export function timesOf(spans: readonly Spent[], day: string, clock: SheetClock): string {
  const sorted = spans.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const ranges = [...new Set(sorted.map((one) => rangeOn(one, day, clock)))];
  if (ranges.length <= 3) return ranges.join('\n');
  const [last] = sorted.toSorted((a, b) => (a.endsAt < b.endsAt ? 1 : -1));
  const [first] = sorted;
  return first && last ? clock.range(first.startsAt, last.endsAt, first.zone, day) : '';
}

function rangeOn({ startsAt, endsAt, zone }: Spent, day: string, clock: SheetClock): string {
  const [from, to] = [toWallClock(startsAt, zone), toWallClock(endsAt, zone)];
  if (from.time === '00:00' && to.time === '00:00') return 'All day';
  return clock.range(startsAt, endsAt, zone, day);
}

export function peopleTable(heading: string, people: readonly DayPerson[], empty: string): PdfTable {
  return tableOf(heading, empty, people, [
    { head: 'Name', share: 30, of: ({ name }) => name },
    { head: 'As', share: 26, of: ({ role }) => role },
    { head: 'Time', share: 22, of: ({ times }) => times },
    { head: 'Phone', share: 22, of: ({ phone }) => phone },
  ]);
}

/** What is booked or held beside people. */
export function thingsTable(source: SheetSource, day: string, clock: SheetClock): PdfTable {
  const pack = packOf(source);
  const { place, thing } = pack.words;
  const booked = source.bookings.filter((one) => one.kind !== 'person' && isBookedOn(day, one));
  return tableOf(`${capital(place.many)} and ${thing.many}`, '', booked, [
    { head: 'What', share: 44, of: ({ name, units, exclusive }) => (exclusive ? name : `${units} × ${name}`) },
    { head: 'Time', share: 30, of: (one) => rangeOn(one, day, clock) },
    { head: 'Status', share: 26, of: ({ status, rank }) => capital(statusWord(pack, status, rank)) },
  ]);
}

export function contactsTable(source: SheetSource): PdfTable {
  return tableOf(capital(packOf(source).words.party.many), '', source.contacts, [
    { head: 'Name', share: 27, of: ({ name }) => name },
    { head: 'As', share: 17, of: ({ role }) => capital(role) },
    { head: 'Phone', share: 20, of: ({ phone }) => phone ?? '' },
    { head: 'E-mail', share: 36, of: ({ email }) => email ?? '' },
  ]);
}

export function notesOf({ engagement }: SheetSource): PdfBlock {
  return { kind: 'notes', heading: 'Notes', paragraphs: engagement.notes.split(/\n\s*\n/) };
}

/** Columns in which nothing stands are left out: whoever may not see telephone numbers sees no empty column either. */
export function tableOf<T>(
  heading: string,
  empty: string,
  rows: readonly T[],
  columns: readonly { head: string; share: number; of: (row: T) => string; always?: boolean }[],
): PdfTable {
  const shown = columns.filter(({ of, always }) => always || rows.some((row) => of(row) !== ''));
  return {
    kind: 'table',
    heading,
    empty,
    columns: shown.map(({ head, share }) => ({ head, share })),
    rows: rows.map((row) => shown.map(({ of }) => of(row))),
  };
}

function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part).join('\n');
}

function oneLine(value: string | null): string {
  return (value ?? '').trim().replaceAll(/\s*\n\s*/g, ', ');
}
