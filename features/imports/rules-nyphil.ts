import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';
import { keyOf, readableName, readablePlace } from './rules-names.ts';
import { programmeName, programmeNotes } from './rules-programme.ts';

/** The Philharmonic's own clock: dates and times of its archive are New York's, on tour as well. */
export const seasonZone = 'America/New_York';

/** The archive writes a title with emphasised words as an object; they are the name proper. */
const emphasised = z.object({ _: z.string().default(''), em: z.union([z.string(), z.array(z.string())]).default('') });
const title = z.union([z.string(), emphasised.transform(({ _, em }) => `${_} ${[em].flat().join(' / ')}`)]);

const soloist = z.object({ soloistName: z.string().catch(''), soloistInstrument: z.string().catch('') });

const work = z.object({
  composerName: z.string().optional(),
  workTitle: title.optional(),
  movement: z.unknown().optional(),
  conductorName: z.string().optional(),
  soloists: z.array(soloist).default([]),
});
export type Work = z.output<typeof work>;

const concert = z.object({
  eventType: z.string().catch(''),
  Location: z.string().catch(''),
  Venue: z.string().trim().min(1),
  Date: z.iso.datetime({ offset: true }),
  Time: z.string().catch(''),
});

const programme = z.object({
  programID: z.string().min(1),
  orchestra: z.string().catch(''),
  season: z.string().catch(''),
  concerts: z.array(concert),
  works: z.array(work),
});
export type Programme = z.output<typeof programme>;

const file = z.object({ programs: z.array(programme) });

/** Somebody or some place of the season; `ref` is its key in the archive. */
export interface PlannedResource {
  ref: string;
  kind: 'person' | 'place';
  name: string;
  address: string | null;
  skills: string[];
}

export interface PlannedConcert {
  ref: string;
  programme: string;
  title: string;
  notes: string;
  /** ISO instants, UTC. Without a time in the archive: the whole local day. */
  startsAt: string;
  endsAt: string;
  timed: boolean;
  /** New York's date. */
  date: string;
  venue: string;
  /** Everyone and everything that it needs: the venue, conductors, soloists; each once. */
  needs: string[];
}

export interface SeasonPlan {
  programmes: { ref: string; name: string; notes: string }[];
  /** By start, then by programme: the order in which they are placed. */
  concerts: PlannedConcert[];
  resources: PlannedResource[];
  venues: number;
  people: number;
}

/**
 * Reads programmes of the New York Philharmonic's performance history.
 * @throws AppError file_unreadable saying where
 */
export function planSeason(content: string, lengthMinutes: number): SeasonPlan {
  const programmes = readProgrammes(content);
  const resources = new Map<string, PlannedResource>();
  const planned = programmes.map((entry) => {
    const people = peopleOf(entry, resources);
    const name = programmeName(entry);
    const ref = `nyphil:programme:${entry.programID}`;
    const seen = new Map<string, number>();
    const concerts = entry.concerts.map((performance) => {
      const venue = venueOf(performance, resources);
      const when = timeOf(performance, lengthMinutes);
      const same = `nyphil:concert:${entry.programID}:${when.date}:${when.timed ? when.time : 'untimed'}:${keyOf(performance.Venue)}`;
      const count = (seen.get(same) ?? 0) + 1;
      seen.set(same, count);
      const { date, timed, startsAt, endsAt } = when;
      const notes = [performance.eventType, entry.orchestra === 'New York Philharmonic' ? '' : entry.orchestra]
        .filter(Boolean)
        .join('\n');
      return {
        date,
        timed,
        startsAt,
        endsAt,
        ref: count > 1 ? `${same}:${count}` : same,
        programme: ref,
        title: name,
        notes,
        venue,
        needs: [venue, ...people],
      };
    });
    return { ref, name, notes: programmeNotes(entry), concerts };
  });
  const all = [...resources.values()];
  const venues = all.filter(({ kind }) => kind === 'place').length;
  return {
    programmes: planned.map(({ ref, name, notes }) => ({ ref, name, notes })),
    concerts: planned.flatMap(({ concerts }) => concerts).sort(byStart),
    resources: all,
    venues,
    people: all.length - venues,
  };
}

function byStart(a: PlannedConcert, b: PlannedConcert): number {
  return compare(a.startsAt, b.startsAt) || compare(a.programme, b.programme) || compare(a.ref, b.ref);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function readProgrammes(content: string): Programme[] {
  let json: unknown;
  try {
    json = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(
      'It is not JSON. Choose a file of the Performance History, like programs/json/2024-25.json.',
      error,
    );
  }
  const parsed = file.safeParse(json);
  if (parsed.success) return parsed.data.programs;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the file';
  throw unreadable(
    `It is not a season of the Philharmonic's Performance History: ${where}: ${issue?.message ?? 'wrong'}.`,
    parsed.error,
  );
}

function unreadable(message: string, cause: unknown): AppError {
  return new AppError('file_unreadable', { message: `The file could not be read. ${message}`, cause });
}

/** Conductors and soloists of a programme, in the order of the works; also into `resources`, with their skills. */
function peopleOf({ works }: Programme, resources: Map<string, PlannedResource>): string[] {
  const named = works.flatMap(({ conductorName, soloists }) => [
    { filed: conductorName ?? '', skill: 'Conductor' },
    ...soloists.map(({ soloistName, soloistInstrument }) => ({ filed: soloistName, skill: soloistInstrument.trim() })),
  ]);
  const refs = named.flatMap(({ filed, skill }) => {
    const name = readableName(filed);
    if (!name) return [];
    const ref = `nyphil:person:${keyOf(name)}`;
    const person = resources.get(ref) ?? { ref, kind: 'person', name, address: null, skills: [] };
    resources.set(ref, person);
    if (skill && !person.skills.includes(skill)) person.skills.push(skill);
    return [ref];
  });
  return [...new Set(refs)];
}

function venueOf({ Venue, Location }: z.output<typeof concert>, resources: Map<string, PlannedResource>): string {
  const ref = `nyphil:venue:${keyOf(Venue)}:${keyOf(Location)}`;
  if (!resources.has(ref))
    resources.set(ref, {
      ref,
      kind: 'place',
      name: readablePlace(Venue),
      address: Location.trim() || null,
      skills: [],
    });
  return ref;
}

/** `Date` is midnight in New York written in UTC; `Time` is New York's clock, like 7:30PM. */
function timeOf({ Date: midnight, Time }: z.output<typeof concert>, lengthMinutes: number) {
  const { date } = toWallClock(midnight, seasonZone);
  const time = clockTime(Time);
  const startsAt = fromWallClock({ date, time: time ?? '00:00' }, seasonZone) ?? midnight;
  const endsAt = time
    ? new Date(Date.parse(startsAt) + lengthMinutes * 60_000).toISOString()
    : (fromWallClock({ date: addDays(date, 1), time: '00:00' }, seasonZone) ?? midnight);
  return { date, time, timed: time !== undefined, startsAt, endsAt };
}

/** `7:30PM` → `19:30`; undefined for none and for what isn't a time. */
export function clockTime(text: string): string | undefined {
  const [, hour, minute = '00', half] = /^\s*(\d{1,2})(?::(\d{2}))?\s*([AP])\.?M\.?\s*$/i.exec(text) ?? [];
  if (hour === undefined || half === undefined || Number(hour) < 1 || Number(hour) > 12 || Number(minute) > 59)
    return undefined;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return `${String(hours).padStart(2, '0')}:${minute}`;
}
