import type { PersonService } from '#features/calls/cascades/person-call-contract.ts';

export type ServicePlace = NonNullable<PersonService['place']>;

/** A place with its address, and the way there. */
export function PlaceLink({ place }: { place: ServicePlace }) {
  const { name, address, latitude, longitude } = place;
  const searched = latitude !== null && longitude !== null ? `${latitude},${longitude}` : [name, address].join(', ');
  const map = `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: searched })}`;
  return (
    <>
      {name}
      {address && <span className="text-ink-soft">, {address}</span>}{' '}
      <a
        href={map}
        target="_blank"
        // The address of this page is a key: nobody else gets it.
        rel="noopener noreferrer"
        referrerPolicy="no-referrer"
        className="whitespace-nowrap text-accent underline underline-offset-4"
      >
        Map<span className="sr-only"> of {name}</span>
      </a>
    </>
  );
}
