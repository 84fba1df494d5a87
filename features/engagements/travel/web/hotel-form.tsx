import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { addDays } from '#platform/time/wall-clock.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { hotelStay, type HotelStay } from '../travel-contract.ts';
import { travelApi, travelTables } from './travel-queries.ts';

const fields = z.object(hotelStay.fields).refine(({ checkInOn, checkOutOn }) => checkInOn < checkOutOn, {
  error: 'Check-out must be after check-in.',
  path: ['checkOutOn'],
});
type HotelValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

export function NewHotel({ engagementId, day, onDone }: { engagementId: string; day: string; onDone: () => void }) {
  const org = useOrg();
  const add = useChange(org.slug, travelTables, ({ confirmation, ...values }: HotelValues, call) =>
    travelApi.addHotel(
      {
        org: org.slug,
        params: { id: engagementId },
        // Who may not set it must not send it, empty as it is.
        body: org.can('travel.confirmations') ? { ...values, confirmation } : values,
      },
      call,
    ),
  );
  return (
    <HotelFields
      values={{ checkInOn: day, checkOutOn: addDays(day, 1) }}
      onSubmit={(values) => add.mutateAsync(values).then(onDone)}
      onCancel={onDone}
      action="Add hotel"
    />
  );
}

export function EditHotel({ hotel, onDone }: { hotel: HotelStay; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, travelTables, (body: Partial<HotelValues> & { version: number }, call) =>
    travelApi.changeHotel({ org: org.slug, params: { id: hotel.id }, body }, call),
  );
  const edit = useEdit<HotelValues>(hotel, change.mutateAsync, onDone);
  return (
    <HotelFields
      values={hotel}
      {...edit}
      onCancel={onDone}
      action="Save"
      aside={
        <RemoveButton
          id={hotel.id}
          tables={travelTables}
          send={travelApi.removeHotel}
          refused="The hotel stays"
          onDone={onDone}
        />
      }
    />
  );
}

function HotelFields(form: FieldsProps<typeof fields>) {
  const org = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="name" label="Hotel" autoFocus={!form.aside} />
      <Nights />
      <Field name="address" label="Address" />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="phone" label="Telephone" />
        {org.can('travel.confirmations') && <Field name="confirmation" label="Confirmation number" />}
      </div>
      <Field name="confirmed" label="Confirmed" />
      <Field name="notes" label="Notes" hint="Breakfast, parking, late check-in: whoever sleeps there reads them." />
    </Form>
  );
}

/** Check-in and check-out; the second follows the first. */
function Nights() {
  const [checkOutOn, setCheckOut] = useFormValue('checkOutOn');
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field name="checkInOn" label="Check-in">
        {({ onValue, ...control }) => (
          <DayInput
            {...control}
            onValue={(day) => {
              onValue(day);
              if (day && typeof checkOutOn === 'string' && checkOutOn <= day) setCheckOut(addDays(day, 1));
            }}
          />
        )}
      </Field>
      <Field name="checkOutOn" label="Check-out">
        {(control) => <DayInput {...control} />}
      </Field>
    </div>
  );
}
