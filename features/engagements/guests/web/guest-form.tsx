import { useState, type ReactNode } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import { guest, type Allotment, type Guest } from '../contract.ts';
import { guestTables, guestsApi } from './guest-queries.ts';
import { useDecision } from './guest-rows.tsx';
import { passLabel } from './guest-words.ts';

const fields = z.object(guest.fields);
type GuestValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface GuestFormProps {
  guest: Guest | null;
  engagementId: string;
  allotments: readonly Allotment[];
  onDone: () => void;
}

/** A guest, to be asked for, put on the list at once, or changed. */
export function GuestForm({ guest: shown, engagementId, allotments, onDone }: GuestFormProps) {
  return shown ? (
    <EditGuest guest={shown} allotments={allotments} onDone={onDone} />
  ) : (
    <NewGuest engagementId={engagementId} allotments={allotments} onDone={onDone} />
  );
}

function NewGuest({ engagementId, allotments, onDone }: Omit<GuestFormProps, 'guest'>) {
  const org = useOrg();
  const [approve, setApprove] = useState(org.can('guests.approve'));
  const add = useChange(org.slug, guestTables, (values: GuestValues & { approve: boolean }, call) =>
    guestsApi.add({ org: org.slug, params: { id: engagementId }, body: values }, call),
  );
  const submit = async (values: GuestValues) => {
    await add.mutateAsync({ ...values, approve });
    onDone();
  };
  const roomy = allotments.find(({ places, approved }) => approved < places) ?? allotments[0];
  return (
    <Fields
      values={{ allotmentId: roomy?.id }}
      allotments={allotments}
      onSubmit={submit}
      onCancel={onDone}
      action={approve ? 'Put on the list' : 'Ask for this guest'}
    >
      {org.can('guests.approve') && (
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={approve}
            onChange={({ target }) => setApprove(target.checked)}
          />
          Approve at once
        </label>
      )}
    </Fields>
  );
}

function EditGuest({
  guest: shown,
  allotments,
  onDone,
}: Omit<GuestFormProps, 'guest' | 'engagementId'> & { guest: Guest }) {
  const org = useOrg();
  const change = useChange(org.slug, guestTables, (body: Partial<GuestValues> & { version: number }, call) =>
    guestsApi.change({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<GuestValues>(shown, change.mutateAsync, onDone);
  return (
    <Fields
      values={shown}
      allotments={allotments}
      {...edit}
      onCancel={onDone}
      action="Save"
      aside={<Aside guest={shown} onDone={onDone} />}
    />
  );
}

function Aside({ guest: shown, onDone }: { guest: Guest; onDone: () => void }) {
  const org = useOrg();
  const decide = useDecision();
  const settle = (state: 'approved' | 'declined') => {
    decide.run([shown.id], state);
    onDone();
  };
  return (
    <div className="flex gap-1">
      <RemoveButton
        id={shown.id}
        tables={guestTables}
        send={guestsApi.remove}
        refused="The guest stays"
        onDone={onDone}
      />
      {org.can('guests.approve') && shown.state !== 'declined' && (
        <Button variant="ghost" onClick={() => settle('declined')}>
          Decline
        </Button>
      )}
      {org.can('guests.approve') && shown.state !== 'approved' && (
        <Button variant="ghost" onClick={() => settle('approved')}>
          Approve
        </Button>
      )}
    </div>
  );
}

interface GuestFieldsProps extends FieldsProps<typeof fields> {
  allotments: readonly Allotment[];
  children?: ReactNode;
}

function Fields({ allotments, children, ...form }: GuestFieldsProps) {
  return (
    <Form {...form} footer={DialogFooter}>
      <div className="grid grid-cols-2 gap-4">
        <Field name="firstName" label="First name" autoFocus={!form.aside} />
        <Field name="lastName" label="Surname" />
      </div>
      <div className="grid grid-cols-[5rem_minmax(0,1fr)] gap-4 sm:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)]">
        <Field name="plus" label="Plus" />
        <Field name="allotmentId" label="Out of">
          {({ value, onValue, ...control }) => (
            <Select
              {...control}
              value={value ?? null}
              onValue={onValue}
              options={allotments.map(({ id, name, places, approved }) => ({
                value: id,
                label: name,
                hint: `${Math.max(0, places - approved)} of ${places} left`,
              }))}
            />
          )}
        </Field>
        <Field name="passType" label="Pass" optionLabel={passLabel} className="col-span-2 sm:col-span-1" />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="email" label="E-mail" />
        <Field name="phone" label="Telephone" />
      </div>
      <Field name="pickup" label="Pick-up" hint="Where the pass waits, if not where the list says." />
      <Field name="note" label="Note" hint="The door sees it." />
      {children}
    </Form>
  );
}
