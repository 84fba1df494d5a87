import { Bus, Plane, Ship, TrainFront, type LucideIcon } from 'lucide-react';
import { formatTime, zoneCity } from '#platform/time/format.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { modeLabel, roomLabel, roomKinds, travelModes, type TravelMode } from '../kinds.ts';
import type { TravelLeg } from '../travel-contract.ts';

export const modeIcons: Readonly<Record<TravelMode, LucideIcon>> = {
  air: Plane,
  ground: Bus,
  rail: TrainFront,
  sea: Ship,
};

/** For a form’s choice, whose options are plain text. */
export function modeOption(option: string): string {
  const mode = travelModes.find((one) => one === option);
  return mode ? modeLabel(mode) : option;
}

export function roomOption(option: string): string {
  const kind = roomKinds.find((one) => one === option);
  return kind ? roomLabel(kind) : option;
}

/** “Sat 2 May” of a date without a time. */
export function dayWords(date: string): string {
  return formatTime(`${date}T12:00:00.000Z`, 'UTC', 'day');
}

/** “Sat 2 May – Mon 4 May, 2 nights” */
export function nightsWords(checkInOn: string, checkOutOn: string): string {
  const nights = Math.round((Date.parse(checkOutOn) - Date.parse(checkInOn)) / 86_400_000);
  return `${dayWords(checkInOn)} – ${dayWords(checkOutOn)}, ${nights} ${nights === 1 ? 'night' : 'nights'}`;
}

/** The day on which a leg departs, by the clock there. */
export function departureDay({ departsAt, fromZone }: Pick<TravelLeg, 'departsAt' | 'fromZone'>): string {
  return toWallClock(departsAt, fromZone).date;
}

/** A time by the clock there, with the city whose clock it is where that isn’t the usual one, and the day of an arrival. */
export function timeWords(instant: string, zone: string, usualZone: string, dayBefore?: string): string {
  const { date } = toWallClock(instant, zone);
  const marks = [
    dayBefore !== undefined && date !== dayBefore && dayWords(date),
    zone !== usualZone && zoneCity(zone),
  ].filter(Boolean);
  return `${formatTime(instant, zone)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
}

/** “Anna (12A), Bo” */
export function travellerWords({ travellers }: Pick<TravelLeg, 'travellers'>): string {
  return travellers.map(({ name, seat }) => (seat ? `${name} (${seat})` : name)).join(', ');
}
