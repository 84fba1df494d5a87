import { useState, type ReactNode } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { ZonePicker } from '#platform/ui/zone-picker.tsx';
import { useKeptWallClock } from '#features/engagements/web/engagement-times.tsx';
import { MomentInput, StartInput } from '#features/engagements/web/moment-input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { travelLeg, type TravelLeg } from '../travel-contract.ts';
import { LegPeople } from './leg-people.tsx';
import { PeopleChoice, withPeople, type ChoosablePerson } from './people-choice.tsx';
import { travelApi, travelTables } from './travel-queries.ts';
import { modeOption } from './travel-words.ts';

const fields = z.object(travelLeg.fields).refine(({ departsAt, arrivesAt }) => departsAt < arrivesAt, {
  error: 'It must arrive after it departs.',
  path: ['arrivesAt'],
});
type LegValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface NewLegProps {
  engagementId: string;
  /** Where a new one begins. */
  values: Partial<z.input<typeof fields>>;
  people: readonly ChoosablePerson[];
  onDone: () => void;
}

/** A new leg with who is on it. */
export function NewLeg({ engagementId, values, people, onDone }: NewLegProps) {
  const org = useOrg();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const add = useChange(org.slug, travelTables, ({ confirmation, ...leg }: LegValues & { personIds: string[] }, call) =>
    travelApi.addLeg(
      {
        org: org.slug,
        params: { id: engagementId },
        // Who may not set it must not send it, empty as it is.
        body: org.can('travel.confirmations') ? { ...leg, confirmation } : leg,
      },
      call,
    ),
  );
  return (
    <LegFields
      values={values}
      onSubmit={(entered) => add.mutateAsync({ ...entered, personIds: [...chosen] }).then(onDone)}
      onCancel={onDone}
      action="Add leg"
    >
      <PeopleChoice
        label="Who is on it"
        people={people}
        chosen={chosen}
        onChange={(ids, on) => setChosen(withPeople(chosen, ids, on))}
      />
    </LegFields>
  );
}

/** Changes a leg; who is on it is saved at each tick. */
export function EditLeg({
  leg,
  people,
  onDone,
}: {
  leg: TravelLeg;
  people: readonly ChoosablePerson[];
  onDone: () => void;
}) {
  const org = useOrg();
  const change = useChange(org.slug, travelTables, (body: Partial<LegValues> & { version: number }, call) =>
    travelApi.changeLeg({ org: org.slug, params: { id: leg.id }, body }, call),
  );
  const edit = useEdit<LegValues>(leg, change.mutateAsync, onDone);
  return (
    <LegFields
      values={leg}
      {...edit}
      onCancel={onDone}
      action="Save"
      aside={
        <RemoveButton
          id={leg.id}
          tables={travelTables}
          send={travelApi.removeLeg}
          refused="The leg stays"
          onDone={onDone}
        />
      }
    >
      <LegPeople leg={leg} people={people} />
    </LegFields>
  );
}

interface LegFieldsProps extends FieldsProps<typeof fields> {
  children: ReactNode;
}

function LegFields({ children, ...form }: LegFieldsProps) {
  const org = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-[9rem_minmax(0,1fr)_8rem]">
        <Field name="mode" label="By" optionLabel={modeOption} autoFocus={!form.aside} />
        <Field name="carrier" label="Carrier" className="order-last col-span-2 sm:order-none sm:col-span-1" />
        <Field name="number" label="Number" />
      </div>
      <LegEnd end="from" />
      <LegEnd end="to" />
      <div className="grid gap-4 sm:grid-cols-2">
        {org.can('travel.confirmations') && <Field name="confirmation" label="Confirmation number" />}
        <Field name="confirmed" label="Confirmed" />
      </div>
      <Field name="notes" label="Notes" hint="Everybody on it reads them." />
      {children}
    </Form>
  );
}

const ends = {
  from: { name: 'fromName', zone: 'fromZone', at: 'departsAt', label: 'From', time: 'Departs' },
  to: { name: 'toName', zone: 'toZone', at: 'arrivesAt', label: 'To', time: 'Arrives' },
} as const;

/** Where and when it departs, or arrives, by the clock there. */
function LegEnd({ end }: { end: keyof typeof ends }) {
  const { name, zone: zoneName, at, label, time } = ends[end];
  const [zone] = useFormValue(zoneName);
  const [value, setValue] = useFormValue(at);
  const shown = typeof zone === 'string' && zone ? zone : null;
  useKeptWallClock(shown, [[value, setValue]]);
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <Field name={name} label={label} className="sm:col-span-2" />
      <Field name={at} label={time}>
        {(control) => {
          const moment = { ...control, label: time, zone: shown ?? 'UTC' };
          return end === 'from' ? <StartInput {...moment} end="arrivesAt" /> : <MomentInput {...moment} />;
        }}
      </Field>
      <Field name={zoneName} label="Clock there">
        {({ value: chosen, onValue, ...control }) => (
          <ZonePicker {...control} value={chosen || null} onValue={(next) => onValue(next ?? '')} />
        )}
      </Field>
    </div>
  );
}
