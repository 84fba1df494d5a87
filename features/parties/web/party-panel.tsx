import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { WordsInput } from '#platform/ui/words-input.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { settable } from '#features/organisations/web/settable.ts';
import { AlikeNote } from '../merges/web/alike-note.tsx';
import { party, type Party } from '../contract.ts';
import { partiesApi } from './party-queries.ts';

const fields = z.object(party.fields);
type PartyValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

/** A contact, new or to be changed, beside the list. */
export function PartyPanel({
  party: shown,
  open,
  onClose,
  onRemoved = onClose,
}: {
  party: Party | null;
  open: boolean;
  onClose: () => void;
  /** Instead of `onClose` when it was deleted. */
  onRemoved?: () => void;
}) {
  const org = useOrg();
  const title = shown?.name ?? `New ${org.words.party.one}`;
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={title} as="panel">
      {shown ? (
        <EditParty key={shown.id} party={shown} onDone={onClose} onRemoved={onRemoved} />
      ) : (
        <CreateParty onDone={onClose} />
      )}
    </Dialog>
  );
}

function PartyForm(form: FieldsProps<typeof fields>) {
  const { can, packs: used } = useOrg();
  const suggestions = [...new Set(used.flatMap((name) => packs[name].partyRoles))];
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="kind" label="Kind" />
      <Field name="name" label="Name" autoFocus />
      {can('parties.contacts') && <Field name="email" label="E-mail" />}
      {can('parties.contacts') && <Field name="phone" label="Phone" />}
      <Field name="roles" label="Roles" hint="What they are to you, whatever they do on one occasion.">
        {(control) => <WordsInput {...control} value={control.value ?? []} suggestions={suggestions} />}
      </Field>
      {can('parties.contacts') && <Field name="address" label="Address" />}
      <Field name="website" label="Website" />
      <Field name="notes" label="Notes" />
      <Field name="externalRef" label="Reference elsewhere" hint="Its key in another system." />
    </Form>
  );
}

function CreateParty({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const create = useChange(org.slug, ['parties'], (body: PartyValues, call) =>
    partiesApi.create({ org: org.slug, body: { ...settable(party.fields, body, org.can), name: body.name } }, call),
  );
  const submit = async (values: PartyValues) => {
    await create.mutateAsync(values);
    onDone();
  };
  const action = `Add ${org.words.party.one}`;
  return <PartyForm values={{}} onSubmit={submit} onCancel={onDone} action={action} note={<AlikeNote />} />;
}

function EditParty({ party: shown, onDone, onRemoved }: { party: Party; onDone: () => void; onRemoved: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [removing, setRemoving] = useState(false);
  const params = { id: shown.id };
  const change = useChange(org.slug, ['parties'], (body: Partial<PartyValues> & { version: number }, call) =>
    partiesApi.change({ org: org.slug, params, body }, call),
  );
  const remove = useChange(org.slug, ['parties', 'engagement_parties'], (_: void, call) =>
    partiesApi.remove({ org: org.slug, params }, call),
  );
  const edit = useEdit<PartyValues>(shown, change.mutateAsync, onDone);
  const removeNow = async () => {
    try {
      await remove.mutateAsync(undefined);
      onRemoved();
    } catch (error) {
      toast({ tone: 'danger', title: `${shown.name} is still there`, detail: errorText(error) });
    }
  };
  return (
    <>
      <PartyForm
        values={shown}
        {...edit}
        onCancel={onDone}
        action="Save"
        aside={
          <Button variant="danger-ghost" onClick={() => setRemoving(true)}>
            Delete
          </Button>
        }
      />
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Delete ${shown.name}?`}
        description={`It also goes from every ${org.words.engagement.one} that it has a role in. This can’t be undone.`}
        action={`Delete ${org.words.party.one}`}
        onConfirm={removeNow}
      />
    </>
  );
}
