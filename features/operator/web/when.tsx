import { formatAgo, formatTime } from '#platform/time/format.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How long ago; the exact time in this device's zone when pointed at. */
export function When({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} title={formatTime(at, zone, 'dateTime')} className={className}>
      {formatAgo(at)}
    </time>
  );
}

/** The exact time in this device's zone: for logs. */
export function exactTime(at: string): string {
  return formatTime(at, zone, 'dateTime');
}
