import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { hotelRoom, type HotelStay } from '../travel-contract.ts';
import { travelApi, travelTables } from './travel-queries.ts';
import { roomOption } from './travel-words.ts';

const fields = z.object({
  kind: hotelRoom.fields.kind,
  count: z.int({ error: 'Enter a number.' }).min(1, { error: 'Must be at least 1.' }).max(100, {
    error: 'Must be at most 100.',
  }),
});
const { Form, Field } = entityForm(fields);

/** Several rooms of one kind at once. */
export function AddRooms({ hotel, onDone }: { hotel: HotelStay; onDone: () => void }) {
  const org = useOrg();
  const add = useChange(org.slug, travelTables, (body: z.output<typeof fields>, call) =>
    travelApi.addRooms({ org: org.slug, params: { id: hotel.id }, body }, call),
  );
  return (
    <Form
      values={{ kind: 'single', count: 1 }}
      onSubmit={(values) => add.mutateAsync(values).then(onDone)}
      onCancel={onDone}
      action="Add rooms"
      footer={DialogFooter}
    >
      <div className="grid grid-cols-2 gap-4">
        <Field name="count" label="How many" autoFocus />
        <Field name="kind" label="Kind" optionLabel={roomOption} />
      </div>
    </Form>
  );
}
