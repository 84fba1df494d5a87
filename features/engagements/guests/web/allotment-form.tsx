import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { allotment, type Allotment } from '../contract.ts';
import { guestTables, guestsApi } from './guest-queries.ts';

const fields = z.object(allotment.fields);
type AllotmentValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface AllotmentFormProps {
  allotment: Allotment | null;
  engagementId: string;
  onDone: () => void;
}

/** Somebody’s places to give away. */
export function AllotmentForm({ allotment: shown, engagementId, onDone }: AllotmentFormProps) {
  return shown ? (
    <EditAllotment allotment={shown} onDone={onDone} />
  ) : (
    <NewAllotment engagementId={engagementId} onDone={onDone} />
  );
}

function NewAllotment({ engagementId, onDone }: { engagementId: string; onDone: () => void }) {
  const org = useOrg();
  const add = useChange(org.slug, guestTables, (body: AllotmentValues, call) =>
    guestsApi.addAllotment({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const submit = async (values: AllotmentValues) => {
    await add.mutateAsync(values);
    onDone();
  };
  return <Fields values={{ places: 10 }} onSubmit={submit} onCancel={onDone} action="Add allotment" />;
}

function EditAllotment({ allotment: shown, onDone }: { allotment: Allotment; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, guestTables, (body: Partial<AllotmentValues> & { version: number }, call) =>
    guestsApi.changeAllotment({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<AllotmentValues>(shown, change.mutateAsync, onDone);
  return (
    <Fields
      values={shown}
      {...edit}
      onCancel={onDone}
      action="Save"
      aside={
        <RemoveButton
          id={shown.id}
          tables={guestTables}
          send={guestsApi.removeAllotment}
          refused="The allotment stays"
          onDone={onDone}
        />
      }
    />
  );
}

function Fields(form: FieldsProps<typeof fields>) {
  const org = useOrg();
  return (
    <Form {...form} footer={DialogFooter}>
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-4">
        <Field name="name" label="Whose places" hint="Artist, Promoter, Venue, Press." autoFocus />
        <Field name="places" label="Places" />
      </div>
      {org.can('parties.read') && (
        <Field
          name="partyId"
          label={`${capital(org.words.party.one)} who may ask`}
          hint="With an account of theirs, they ask for guests out of these places, and see nothing else."
        >
          {(control) => <PartyPicker {...control} />}
        </Field>
      )}
      <Field name="personId" label={`Or ${org.words.person.one} who may ask`}>
        {(control) => <ResourcePicker {...control} kind="person" clearable placeholder="Nobody" />}
      </Field>
    </Form>
  );
}
