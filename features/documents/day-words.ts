import { formatTime, type TimeStyle } from '#platform/time/format.ts';

/** A show day (YYYY-MM-DD) as its reader writes it: “Thu, 14 May 2026”. */
export function dayText(day: string, style: TimeStyle = 'date'): string {
  return formatTime(`${day}T12:00:00.000Z`, 'UTC', style);
}
