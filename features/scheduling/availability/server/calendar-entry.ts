import ICAL from 'ical.js';
import { instantOf, textOf, wallOf } from './calendar-zones.ts';

const dayMs = 86_400_000;

/** One VEVENT: an event, or a change to one of its occurrences. Getters throw where the text makes no sense. */
export class Entry {
  readonly component: ICAL.Component;
  readonly uid: string;

  constructor(component: ICAL.Component, index: number) {
    this.component = component;
    this.uid = shortened(textOf(component.getFirstPropertyValue('uid'))) || `entry ${index}`;
  }

  get sequence(): number {
    return Number(this.component.getFirstPropertyValue('sequence') ?? 0) || 0;
  }

  get cancelled(): boolean {
    return textOf(this.component.getFirstPropertyValue('status')).toUpperCase() === 'CANCELLED';
  }

  /** False for what the owner marked as free time. */
  get blocks(): boolean {
    const transparent = textOf(this.component.getFirstPropertyValue('transp')).toUpperCase() === 'TRANSPARENT';
    const free = textOf(this.component.getFirstPropertyValue('x-microsoft-cdo-busystatus')).toUpperCase() === 'FREE';
    return !this.cancelled && !transparent && !free;
  }

  /** What may be shown of it: a private event is only busy. */
  get summary(): string {
    const hidden = /^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(this.component.getFirstPropertyValue('class')));
    return hidden ? 'Busy' : shortened(textOf(this.component.getFirstPropertyValue('summary'))) || 'Busy';
  }

  get startTime(): ICAL.Time {
    return requiredTime(this.component.getFirstPropertyValue('dtstart'));
  }

  start(zone: string): number {
    return instantOf(this.startTime, zone);
  }

  /** Milliseconds: of dates by the calendar, of times as elapsed. */
  length(zone: string): number {
    const start = this.startTime;
    const end = this.component.getFirstPropertyValue('dtend');
    const duration = this.component.getFirstPropertyValue('duration');
    if (end instanceof ICAL.Time) {
      const length = start.isDate ? wallOf(end) - wallOf(start) : instantOf(end, zone) - instantOf(start, zone);
      return start.isDate ? Math.max(dayMs, Math.round(length / dayMs) * dayMs) : Math.max(0, length);
    }
    if (duration instanceof ICAL.Duration) return Math.max(0, duration.toSeconds() * 1_000);
    return start.isDate ? dayMs : 0;
  }

  /** The occurrence that this entry changes. */
  get changes(): ICAL.Time | undefined {
    const value = this.component.getFirstPropertyValue('recurrence-id');
    return value instanceof ICAL.Time ? value : undefined;
  }

  /** True when it also changes all occurrences after. */
  get changesLater(): boolean {
    const range = this.component.getFirstProperty('recurrence-id')?.getFirstParameter('range');
    return textOf(range).toUpperCase() === 'THISANDFUTURE';
  }

  /** Takes out the extra dates that come with lengths of their own: the library's expansion knows only dates. */
  takePeriods(zone: string): { start: number; end: number }[] {
    const properties = this.component.getAllProperties('rdate').filter(({ type }) => type === 'period');
    for (const property of properties) this.component.removeProperty(property);
    const periods = properties
      .flatMap((property) => property.getValues())
      .filter((value) => value instanceof ICAL.Period);
    return periods.map((period) => ({
      start: instantOf(requiredTime(period.start), zone),
      end: instantOf(requiredTime(period.getEnd()), zone),
    }));
  }
}

function requiredTime(value: unknown): ICAL.Time {
  if (!(value instanceof ICAL.Time)) throw new Error('A time is missing.');
  return value;
}

/** One line of bounded length. */
function shortened(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** Changes to the occurrences of one event. */
export class Changes {
  /** Changed or cancelled occurrences, each standing for itself. */
  readonly single: readonly Entry[];
  readonly #instants = new Set<number>();
  readonly #dates = new Set<number>();
  /** Changes from an occurrence on, newest first. */
  readonly #later: { entry: Entry; from: number; shift: number }[];

  constructor(entries: readonly Entry[], zone: string) {
    const changes = entries.filter(({ changes }) => changes !== undefined);
    // The newest revision of each occurrence counts.
    const newest = new Map(
      changes
        .toSorted((a, b) => a.sequence - b.sequence)
        .map((entry) => [instantOf(requiredTime(entry.changes), zone), entry]),
    );
    const hasMaster = changes.length < entries.length;
    this.single = [...newest.values()].filter(({ changesLater }) => !changesLater || !hasMaster);
    for (const { changes: at } of this.single) {
      if (at?.isDate) this.#dates.add(wallOf(at));
      else if (at) this.#instants.add(instantOf(at, zone));
    }
    this.#later = [...newest]
      .filter(([, { changesLater }]) => changesLater && hasMaster)
      .map(([from, entry]) => ({ entry, from, shift: entry.start(zone) - from }))
      .toSorted((a, b) => b.from - a.from);
  }

  /** True when an occurrence may lie elsewhere than the rule says. */
  get shift(): boolean {
    return this.#later.length > 0;
  }

  /** True when an entry of its own stands for this occurrence. */
  replaces(time: ICAL.Time, start: number): boolean {
    const wall = wallOf(time);
    return this.#instants.has(start) || this.#dates.has(wall - (wall % dayMs));
  }

  fromThereOn(start: number): { entry: Entry; shift: number } | undefined {
    return this.#later.find(({ from }) => start >= from);
  }
}
