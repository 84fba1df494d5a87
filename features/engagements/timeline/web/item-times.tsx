import { useQuery } from '@tanstack/react-query';
import type { Engagement } from '#features/engagements/contract.ts';
import { useKeptWallClock } from '#features/engagements/web/engagement-times.tsx';
import { MomentInput, StartInput } from '#features/engagements/web/moment-input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { resourceQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { zoneNote } from '#platform/time/format.ts';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { isOutside } from '../day-rules.ts';
import { itemForm } from './item-fields.ts';

const { Field } = itemForm;

/** Start and end by the clock of the place, else the engagement's; the end follows the start. */
export function ItemTimes({ engagement, seated }: { engagement: Engagement; seated: number }) {
  const org = useOrg();
  const [placeId] = useFormValue('placeId');
  const [startsAt, setStart] = useFormValue('startsAt');
  const [endsAt, setEnd] = useFormValue('endsAt');
  const place = useQuery({ ...resourceQuery(org.slug, String(placeId)), enabled: typeof placeId === 'string' });
  const own = engagement.zone ?? org.zone;
  const zone = placeId ? place.data?.zone : own;
  useKeptWallClock(zone ?? null, [
    [startsAt, setStart],
    [endsAt, setEnd],
  ]);
  const shown = zone ?? own;
  const whole = typeof startsAt === 'string' && typeof endsAt === 'string' && startsAt !== '' && endsAt !== '';
  const outside = whole && isOutside({ startsAt, zone: shown }, engagement);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="startsAt" label="Starts" hint={zoneNote(shown, org.zone)}>
        {(control) => <StartInput {...control} label="Starts" zone={shown} end="endsAt" />}
      </Field>
      <Field name="endsAt" label="Ends">
        {(control) => <MomentInput {...control} label="Ends" zone={shown} />}
      </Field>
      {(outside || seated > 0) && (
        <div className="grid gap-1 text-xs text-pretty sm:col-span-2">
          {outside && (
            <p className="text-on-hold-soft">
              This is on none of the {org.words.engagement.one}’s own days. That is fine where it is meant so.
            </p>
          )}
          {seated > 0 && (
            <p className="text-ink-faint">
              {seated === 1 ? 'One person has a seat' : `${seated} people have a seat`} here. Another time moves what
              they are committed to, and they are told of another time, place or dress by mail.
            </p>
          )}
        </div>
      )}
    </div>
  );
}
