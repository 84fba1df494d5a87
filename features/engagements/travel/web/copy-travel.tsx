import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { id } from '#platform/contract/fields.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { EngagementPicker } from '#features/engagements/web/engagement-picker.tsx';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { travelApi, travelTables } from './travel-queries.ts';

const fields = z.object({
  from: id,
  days: z.int({ error: 'Enter a number of days.' }).min(-3_660).max(3_660),
  people: z.boolean(),
});
type Values = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** The travel of another engagement, so many days later. */
export function CopyTravel({ engagement, onDone }: { engagement: Engagement; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const copy = useChange(org.slug, travelTables, (body: Values, call) =>
    travelApi.copy({ org: org.slug, params: { id: engagement.id }, body }, call),
  );
  const submit = async (values: Values) => {
    const { legs, hotels } = await copy.mutateAsync(values);
    const copied = `${legs} ${legs === 1 ? 'leg' : 'legs'} and ${hotels} ${hotels === 1 ? 'hotel' : 'hotels'}`;
    toast({ tone: 'good', title: `Copied ${copied}`, detail: 'None of them is confirmed.' });
    onDone();
  };
  return (
    <Form values={{ days: 0, people: true }} onSubmit={submit} onCancel={onDone} action="Copy" footer={DialogFooter}>
      <Field name="from" label="From">
        {({ value, onValue, ...control }) => (
          <EngagementPicker {...control} value={value || null} onValue={(chosen) => onValue(chosen ?? '')} />
        )}
      </Field>
      <Days engagement={engagement} />
      <Field name="people" label="The same people travel and share rooms" />
    </Form>
  );
}

/** As far apart as the two begin, until somebody says otherwise. */
function Days({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const [from] = useFormValue('from');
  const [, setDays] = useFormValue('days');
  const chosen = useQuery({
    ...engagementQuery(org.slug, String(from)),
    enabled: typeof from === 'string' && from !== '',
  });
  const other = chosen.data?.engagement;
  const day = ({ startsAt, zone }: { startsAt: string; zone: string | null }) =>
    Date.parse(toWallClock(startsAt, zone ?? org.zone).date);
  const apart = other && Math.round((day(engagement) - day(other)) / 86_400_000);
  const propose = useEffectEvent((days: number) => setDays(days));
  useEffect(() => {
    if (apart !== undefined) propose(apart);
  }, [apart]);
  return (
    <Field
      name="days"
      label="Days later"
      hint="Each leg departs at the same time by the clock there. Numbers of bookings aren’t copied."
    />
  );
}
