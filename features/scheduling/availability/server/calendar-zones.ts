import ICAL from 'ical.js';
import { findIana } from 'windows-iana';
import { isZone } from '#platform/contract/fields.ts';
import { instantOfWall } from '../zone-rules.ts';

/** A zone of the IANA database in the shape that ical.js asks for offsets. */
class IanaTimezone extends ICAL.Timezone {
  readonly #zone: string;

  constructor(tzid: string, zone: string) {
    super({ tzid });
    this.#zone = zone;
  }

  /** Seconds to take from this wall time to get to UTC. */
  override utcOffset(time: ICAL.Time): number {
    const wall = wallOf(time);
    return (wall - instantOfWall(wall, this.#zone)) / 1_000;
  }
}

/** The wall time of a calendar, read as if it were UTC, in milliseconds. */
export function wallOf(time: ICAL.Time): number {
  return time.isDate
    ? Date.UTC(time.year, time.month - 1, time.day)
    : Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
}

/** The instant that a calendar's time means; dates and floating times by the clock of `zone`. In milliseconds. */
export function instantOf(time: ICAL.Time, zone: string): number {
  const floats = time.isDate || time.zone === ICAL.Timezone.localTimezone || time.zone.tzid === 'floating';
  return floats ? instantOfWall(wallOf(time), zone) : wallOf(time) - time.utcOffset() * 1_000;
}

/**
 * Makes the names of zones mean what they say: whatever names a zone of the IANA database, by its own name,
 * Outlook's (`W. Europe Standard Time`) or with a program's prefix (`/mozilla.org/…/Europe/Berlin`), gets
 * that zone's rules. The VTIMEZONE of such a name is dropped: many cover a few years only. Those of other
 * names stay as they are.
 */
export function useKnownZones(calendar: ICAL.Component): void {
  for (const definition of calendar.getAllSubcomponents('vtimezone')) {
    const tzid = textOf(definition.getFirstPropertyValue('tzid'));
    const zone = ianaOf(tzid) ?? ianaOf(textOf(definition.getFirstPropertyValue('x-lic-location')));
    if (tzid === '' || !zone) continue;
    calendar.removeSubcomponent(definition);
    ICAL.TimezoneService.register(new IanaTimezone(tzid, zone), tzid);
  }
  for (const event of calendar.getAllSubcomponents('vevent')) {
    for (const property of event.getAllProperties()) {
      const tzid = textOf(property.getFirstParameter('tzid'));
      if (tzid === '' || ICAL.TimezoneService.has(tzid)) continue;
      const zone = ianaOf(tzid);
      if (zone) ICAL.TimezoneService.register(new IanaTimezone(tzid, zone), tzid);
    }
  }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function ianaOf(tzid: string): string | undefined {
  const name = tzid.replace(/^["'\s]+|["'\s]+$/g, '');
  if (name === '') return undefined;
  if (isZone(name)) return name;
  const parts = name.split('/').filter((part) => part !== '');
  // America/Argentina/Buenos_Aires has three parts; most have two.
  const tails = [parts.slice(-3), parts.slice(-2)].filter(({ length }) => length >= 2).map((tail) => tail.join('/'));
  return tails.find(isZone) ?? findIana(windowsName(name))[0];
}

/** Outlook also writes the zone's caption: `(UTC+01:00) Amsterdam, Berlin, …`; only its names are a standard. */
function windowsName(name: string): string {
  return name.replace(/^tzone:\/\/Microsoft\//i, '');
}
