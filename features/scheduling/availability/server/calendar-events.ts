import ICAL from 'ical.js';
import { instantOfWall, offsetAt } from '../zone-rules.ts';
import { Changes, Entry } from './calendar-entry.ts';
import { instantOf, useKnownZones, wallOf } from './calendar-zones.ts';

/** A time at which the calendar's owner is busy. Milliseconds of the epoch. */
export interface BusyTime {
  uid: string;
  summary: string;
  startsAt: number;
  endsAt: number;
}

export interface Expanded {
  busy: BusyTime[];
  /** What was left out, as sentences. */
  notes: string[];
}

export interface ExpandOptions {
  /** Zone of dates and floating times. */
  zone: string;
  /** What is wanted, in milliseconds of the epoch. */
  from: number;
  to: number;
}

/** Beyond these a calendar isn't somebody's: real ones of ten years have some thousand events. */
export const limits = { events: 20_000, occurrences: 20_000, stepsOfOne: 40_000, steps: 150_000 } as const;

/** Longer events are stored in pieces, which bounds the search for overlaps. */
const longestPiece = 31 * 86_400_000;

/**
 * What a calendar says about when its owner is busy. Its rules may be hostile: steps and results are
 * bounded here, time and memory by the worker that this runs in.
 *
 * @throws {Error} of ical.js when this isn't a calendar
 */
export function busyTimesOf(content: string, options: ExpandOptions): Expanded {
  const { calendars, lost } = parse(content);
  const work = new Expansion(options);
  if (lost) work.noteUnreadable();
  for (const part of calendars) {
    const calendar = new ICAL.Component(part);
    if (calendar.name !== 'vcalendar') throw new Error('No VCALENDAR');
    useKnownZones(calendar);
    work.add(calendar.getAllSubcomponents('vevent'));
  }
  return work.result();
}

/** The library gives up at the first value that it can't read; then the event that holds it is left out. */
function parse(content: string): { calendars: unknown[][]; lost: boolean } {
  try {
    return { calendars: parsed(content), lost: false };
  } catch (error) {
    const kept = content.replace(/^BEGIN:VEVENT\r?\n[\s\S]*?^END:VEVENT\r?\n?/gim, (event) =>
      parses(event) ? event : '',
    );
    if (kept === content) throw error;
    return { calendars: parsed(kept), lost: true };
  }
}

/** One calendar, or a list of them. */
function parsed(content: string): unknown[][] {
  const result: unknown[] = ICAL.parse(content);
  return (typeof result[0] === 'string' ? [result] : result).filter((part): part is unknown[] => Array.isArray(part));
}

function parses(event: string): boolean {
  try {
    ICAL.parse(event);
    return true;
  } catch {
    return false;
  }
}

class Expansion {
  readonly #options: ExpandOptions;
  readonly #busy: BusyTime[] = [];
  readonly #notes = new Set<string>();
  #steps = 0;
  #events = 0;

  constructor(options: ExpandOptions) {
    this.#options = options;
  }

  add(components: readonly ICAL.Component[]): void {
    const groups = Map.groupBy(
      components.map((component, index) => new Entry(component, index)),
      ({ uid }) => uid,
    );
    for (const entries of groups.values()) {
      this.#events += entries.length;
      if (this.#events > limits.events) {
        this.#notes.add(`Only the first ${limits.events} events were read.`);
        return;
      }
      try {
        this.#addGroup(entries);
      } catch {
        // One entry that makes no sense must not cost the others.
        this.noteUnreadable();
      }
    }
  }

  noteUnreadable(): void {
    this.#notes.add('Some events could not be read and were left out.');
  }

  result(): Expanded {
    return { busy: this.#busy, notes: [...this.#notes] };
  }

  /** The entries of one uid: an event, and changed or cancelled occurrences of it. */
  #addGroup(entries: readonly Entry[]): void {
    const masters = entries.filter(({ changes }) => changes === undefined);
    // The newest revision counts when a file holds several.
    const master = masters.toSorted((a, b) => b.sequence - a.sequence)[0];
    const changed = new Changes(entries, this.#options.zone);
    if (master) this.#addMaster(master, changed);
    if (master?.cancelled) return;
    for (const entry of changed.single) this.#addOccurrence(entry, entry.start(this.#options.zone));
  }

  #addMaster(master: Entry, changed: Changes): void {
    if (master.cancelled) return;
    const { zone, from, to } = this.#options;
    for (const { start, end } of master.takePeriods(zone)) this.#keep(master, start, end);
    const length = master.length(zone);
    const expansion = new ICAL.RecurExpansion({ component: master.component, dtstart: master.startTime });
    const last = this.#steps + limits.stepsOfOne;
    for (let time = expansion.next(); time; time = expansion.next()) {
      this.#steps += 1;
      if (this.#steps > last || this.#steps > limits.steps) {
        this.#notes.add('Some events repeat too often; their later dates were left out.');
        return;
      }
      const wall = wallOf(time);
      // No zone is more than a day away from UTC.
      if (wall - 86_400_000 > to) return;
      if (wall + length + 86_400_000 < from && !changed.shift) continue;
      const start = instantOf(time, zone);
      if (changed.replaces(time, start)) continue;
      const later = changed.fromThereOn(start);
      if (later) this.#addOccurrence(later.entry, start + later.shift);
      else this.#addOccurrence(master, start);
    }
  }

  #addOccurrence(entry: Entry, start: number): void {
    if (!entry.blocks) return;
    const { zone } = this.#options;
    // Days of a date are local days, of 23 or 25 hours when the clock changes.
    const end = entry.startTime.isDate
      ? instantOfWall(start + offsetAt(start, zone).offset + entry.length(zone), zone)
      : start + entry.length(zone);
    this.#keep(entry, start, end);
  }

  #keep(entry: Entry, start: number, end: number): void {
    if (!entry.blocks) return;
    const { from, to } = this.#options;
    const last = Math.min(end, to);
    for (let at = Math.max(start, from); at < last; at += longestPiece) {
      if (this.#busy.length >= limits.occurrences) {
        this.#notes.add(`Only the first ${limits.occurrences} busy times were kept.`);
        return;
      }
      this.#busy.push({
        uid: entry.uid,
        summary: entry.summary,
        startsAt: at,
        endsAt: Math.min(at + longestPiece, last),
      });
    }
  }
}
