import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { resourceQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { zoneCity } from '#platform/time/format.ts';
import { fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { engagementForm } from './engagement-fields.ts';
import { MomentInput, StartInput } from './moment-input.tsx';

const { Field } = engagementForm;

/** Start, end and the zone whose clock they are typed by: its own, else the place's, else the organisation's. */
export function EngagementTimes({ isNew }: { isNew: boolean }) {
  const org = useOrg();
  const [placeId] = useFormValue('placeId');
  const [own, setOwn] = useFormValue('zone');
  const [startsAt, setStart] = useFormValue('startsAt');
  const [endsAt, setEnd] = useFormValue('endsAt');
  const place = useQuery({ ...resourceQuery(org.slug, String(placeId)), enabled: typeof placeId === 'string' });
  const placeZone = placeId ? place.data?.zone : null;
  const usual = placeZone ?? org.zone;
  const zone = typeof own === 'string' ? own : usual;
  useZoneOfPlace(placeZone, placeId ? null : org.zone, own, setOwn);
  useKeptWallClock(typeof own === 'string' || placeZone !== undefined ? zone : null, [
    [startsAt, setStart],
    [endsAt, setEnd],
  ]);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="startsAt" label="Starts">
          {(control) => <StartInput {...control} label="Starts" zone={zone} end="endsAt" />}
        </Field>
        <Field name="endsAt" label="Ends">
          {(control) => <MomentInput {...control} label="Ends" zone={zone} />}
        </Field>
      </div>
      <Field name="zone" label="Time zone">
        {(control) => (
          <ZonePicker
            {...control}
            noneLabel={
              isNew
                ? `${zoneCity(usual)}, as the ${placeId && place.data?.zone ? org.words.place.one : 'organisation'}`
                : undefined
            }
          />
        )}
      </Field>
    </>
  );
}

/**
 * At another place the zone is that place's, unless somebody had chosen one of its own.
 *
 * @param first the zone that followed from no place when the form opened; null when it had one
 */
function useZoneOfPlace(
  placeZone: string | null | undefined,
  first: string | null,
  own: unknown,
  setOwn: (zone: unknown) => void,
): void {
  const before = useRef(first);
  const follow = useEffectEvent((zone: string) => {
    if (typeof own === 'string' && own === before.current) setOwn(zone);
  });
  useEffect(() => {
    if (!placeZone) return;
    follow(placeZone);
    before.current = placeZone;
  }, [placeZone]);
}

/**
 * When the zone changes, what the clock shows stays and the instant moves: 19:30 was meant where it happens.
 *
 * @param zone null while it isn't known yet
 */
export function useKeptWallClock(
  zone: string | null,
  values: readonly (readonly [unknown, (value: unknown) => void])[],
): void {
  const before = useRef<string | null>(null);
  const keep = useEffectEvent((from: string, to: string) => {
    for (const [value, setValue] of values) {
      if (typeof value === 'string' && value) setValue(fromWallClock(toWallClock(value, from), to));
    }
  });
  useEffect(() => {
    if (!zone) return;
    if (before.current && before.current !== zone) keep(before.current, zone);
    before.current = zone;
  }, [zone]);
}
