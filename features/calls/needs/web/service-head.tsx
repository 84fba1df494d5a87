import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { formatTime } from '#platform/time/format.ts';
import type { Service } from '../contract.ts';

/** `Rehearsal, Mon 3 May, 10:00` */
export function serviceText({ kind, title, startsAt, zone }: Service): string {
  const name = title ? `${kindLabel(kind)}: ${title}` : kindLabel(kind);
  return `${name}, ${formatTime(startsAt, zone, 'day')}, ${formatTime(startsAt, zone)}`;
}

/** When and what, in three short lines. */
export function ServiceHead({ service, seats, open }: { service: Service; seats: number; open: number }) {
  const { kind, title, startsAt, zone } = service;
  return (
    <div className="min-w-0 text-left" title={serviceText(service)}>
      <span className="block truncate font-medium text-ink">{formatTime(startsAt, zone, 'day')}</span>
      <span className="block truncate font-normal text-ink-soft tabular-nums">
        {formatTime(startsAt, zone)} {title || kindLabel(kind)}
      </span>
      <span className="block font-normal text-ink-faint tabular-nums">
        {seats - open} of {seats}
      </span>
    </div>
  );
}
