import { MapPin, Shirt } from 'lucide-react';
import { formatTime, zoneCity } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import type { PersonService } from '#features/calls/cascades/person-call-contract.ts';
import { PlaceLink } from './place-link.tsx';

interface Choice {
  chosen: readonly string[];
  onChange: (id: string, wanted: boolean) => void;
}

interface CallServicesProps {
  services: readonly PersonService[];
  /** The reader’s. */
  zone: string;
  /** Their place was told already. */
  placed: boolean;
  /** Set while some of them may be left out. */
  choice: Choice | null;
  /** They come to some of them: the others are marked. */
  booked: boolean;
}

/** When, where and in what: day by day, by the clock of the place. */
export function CallServices({ services, zone, placed, choice, booked }: CallServicesProps) {
  const days = Map.groupBy(services, ({ startsAt, zone: place }) => formatTime(startsAt, place, 'longDay'));
  return (
    <section aria-label="When and where">
      {choice && <p className="mb-3 text-sm text-ink-soft">Untick what you can’t do; you may accept the rest.</p>}
      <div className="grid grid-cols-1 gap-4">
        {[...days].map(([day, ofDay]) => (
          <div key={day}>
            <h3 className="mb-1.5 text-sm font-medium text-ink-faint">{day}</h3>
            <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
              {ofDay.map((service) => (
                <Service
                  key={service.id}
                  {...{ service, zone, placed, choice }}
                  marked={booked && service.answer === 'declined'}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

interface ServiceProps extends Omit<CallServicesProps, 'services' | 'booked'> {
  service: PersonService;
  /** Others of them were accepted, not this one. */
  marked: boolean;
}

function Service({ service, zone, placed, choice, marked }: ServiceProps) {
  const { id, kind, title, startsAt, endsAt, dress, place } = service;
  const name = itemName({ kind, title });
  return (
    <li className="flex gap-3 px-3.5 py-3">
      {choice && (
        <input
          type="checkbox"
          aria-label={`${name}, ${formatTime(startsAt, service.zone, 'dateTime')}`}
          checked={choice.chosen.includes(id)}
          onChange={({ target }) => choice.onChange(id, target.checked)}
          className="mt-0.5 size-5 shrink-0 accent-accent"
        />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <span className="text-base font-semibold tabular-nums">{span(startsAt, endsAt, service.zone)}</span>
          <span className="min-w-0 text-base break-words">{name}</span>
          {marked && <Badge>without you</Badge>}
        </div>
        <OwnClock service={service} zone={zone} />
        {place && !placed && (
          <p className="mt-1 flex gap-1.5 text-sm text-ink-soft">
            <MapPin aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 break-words">
              <PlaceLink place={place} />
            </span>
          </p>
        )}
        {dress && (
          <p className="mt-1 flex gap-1.5 text-sm break-words text-ink-soft">
            <Shirt aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0">
              <span className="sr-only">Dress: </span>
              {dress}
            </span>
          </p>
        )}
      </div>
    </li>
  );
}

function span(startsAt: string, endsAt: string, zone: string): string {
  return `${formatTime(startsAt, zone)} – ${formatTime(endsAt, zone)}`;
}

/** The same stretch by the reader’s clock, where that shows something else. */
function OwnClock({ service: { startsAt, endsAt, zone: there }, zone }: { service: PersonService; zone: string }) {
  if (formatTime(startsAt, zone, 'dateTime') === formatTime(startsAt, there, 'dateTime')) return null;
  const otherDay = formatTime(startsAt, zone, 'day') !== formatTime(startsAt, there, 'day');
  return (
    <p className="text-sm text-ink-faint tabular-nums">
      {zoneCity(there)} time; by your clock {otherDay && `${formatTime(startsAt, zone, 'day')}, `}
      {span(startsAt, endsAt, zone)}
    </p>
  );
}
