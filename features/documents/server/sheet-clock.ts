import type { Paper } from '#platform/pdf/document.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { zoneCity, zoneOffset } from '#platform/time/format.ts';
import { showDay } from '../show-day-rules.ts';

const dayStyle = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const longStyle = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;

/** Who prints on Letter reads “7:30 PM” and “May 14”; everybody else “19:30” and “14 May”. */
export class SheetClock {
  readonly language: string;

  constructor(paper: Paper) {
    this.language = paper === 'letter' ? 'en-US' : 'en-GB';
  }

  /** “19:30” by the clock of a zone. */
  time(instant: string, zone: string): string {
    return this.#say(instant, zone, { hour: this.language === 'en-GB' ? '2-digit' : 'numeric', minute: '2-digit' });
  }

  /** “Thu 14 May”, of a date or of an instant. */
  day(date: string): string {
    return this.#say(noon(date), 'UTC', dayStyle);
  }

  /** “Thu 14 May 2026”. */
  date(date: string): string {
    return this.#say(noon(date), 'UTC', { ...dayStyle, year: 'numeric' });
  }

  /** “Thursday 14 May 2026”. */
  longDate(date: string): string {
    return this.#say(noon(date), 'UTC', longStyle);
  }

  /** “Thu 14 May 2026, 18:03 (Berlin)”. */
  moment(instant: string, zone: string): string {
    return `${this.date(toWallClock(instant, zone).date)}, ${this.time(instant, zone)} (${zoneCity(zone)})`;
  }

  /** “Berlin (GMT+2)”, and what it becomes on a day when the clocks change. */
  zone(zone: string, { startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
    const [first, last] = [zoneOffset(zone, startsAt), zoneOffset(zone, endsAt)];
    return `${zoneCity(zone)} (${first === last ? first : `${first}, then ${last}: the clocks change`})`;
  }

  /** “19:30 – 22:00”, with days where they aren’t plain. */
  range(startsAt: string, endsAt: string, zone: string, day: string): string {
    return `${this.#near(startsAt, zone, day)} – ${this.until(endsAt, startsAt, zone)}`;
  }

  /** An end; with its day where it is a whole day or more after the start. */
  until(endsAt: string, startsAt: string, zone: string): string {
    const said = this.time(endsAt, zone);
    const long = Date.parse(endsAt) - Date.parse(startsAt) >= 86_400_000;
    return long ? `${this.day(toWallClock(endsAt, zone).date)}, ${said}` : said;
  }

  /** A time, with its day where it is neither on this one nor in the night after it. */
  #near(instant: string, zone: string, day: string): string {
    const { date } = toWallClock(instant, zone);
    const said = this.time(instant, zone);
    return date === day || showDay(instant, zone) === day ? said : `${this.day(date)}, ${said}`;
  }

  #say(instant: string, zone: string, style: Intl.DateTimeFormatOptions): string {
    // Narrow spaces and commas after weekdays: neither helps on paper.
    const said = new Intl.DateTimeFormat(this.language, { ...style, timeZone: zone }).format(new Date(instant));
    return said.replaceAll('\u202F', '\u00A0').replace(/^(\p{L}+), (?=\d)/u, '$1 ');
  }
}

function noon(date: string): string {
  return `${date}T12:00:00.000Z`;
}
