import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { ConfirmDialog, Dialog, DialogFooter, SubmitFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { EngagementPicker } from '#features/engagements/web/engagement-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { set as setEntity, type SetlistEntry, type SetlistSet } from '../contract.ts';
import { EntryForm } from './entry-form.tsx';
import { SetOrder } from './set-order.tsx';
import { setlistTables, setlistsApi } from './setlist-queries.ts';
import type { SetOrder as SetOrderState } from './use-set-order.ts';

export type SetlistDialog =
  | { kind: 'set'; set: SetlistSet | null }
  | { kind: 'removeSet'; set: SetlistSet }
  | { kind: 'entry'; entry: SetlistEntry }
  | { kind: 'order' }
  | { kind: 'copy' };

interface SetlistDialogsProps {
  dialog: SetlistDialog | null;
  engagementId: string;
  order: SetOrderState;
  entries: readonly SetlistEntry[];
  onClose: () => void;
}

/** Whatever is open over the setlist. */
export function SetlistDialogs({ dialog, engagementId, order, entries, onClose }: SetlistDialogsProps) {
  if (dialog?.kind === 'removeSet') return <RemoveSet set={dialog.set} onClose={onClose} />;
  return (
    <Dialog open={dialog !== null} onOpenChange={(open) => !open && onClose()} title={dialog ? titleOf(dialog) : ''}>
      {dialog?.kind === 'set' && !dialog.set && <NewSet engagementId={engagementId} onDone={onClose} />}
      {dialog?.kind === 'set' && dialog.set && <EditSet key={dialog.set.id} set={dialog.set} onDone={onClose} />}
      {dialog?.kind === 'entry' && <EntryForm key={dialog.entry.id} entry={dialog.entry} onDone={onClose} />}
      {dialog?.kind === 'order' && <SetOrder order={order} entries={entries} onDone={onClose} />}
      {dialog?.kind === 'copy' && <CopySetlist engagementId={engagementId} onDone={onClose} />}
    </Dialog>
  );
}

function titleOf(dialog: Exclude<SetlistDialog, { kind: 'removeSet' }>): string {
  if (dialog.kind === 'set') return dialog.set ? dialog.set.name : 'New set';
  if (dialog.kind === 'order') return 'Order of the sets';
  return dialog.kind === 'entry' ? dialog.entry.name : 'Copy a setlist';
}

const fields = z.object(setEntity.fields);
type SetValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

function NewSet({ engagementId, onDone }: { engagementId: string; onDone: () => void }) {
  const org = useOrg();
  const add = useChange(org.slug, setlistTables, (body: SetValues, call) =>
    setlistsApi.addSet({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const submit = async (values: SetValues) => {
    await add.mutateAsync(values);
    onDone();
  };
  return <SetFields values={{}} onSubmit={submit} onCancel={onDone} action="Add set" />;
}

function EditSet({ set, onDone }: { set: SetlistSet; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, setlistTables, (body: Partial<SetValues> & { version: number }, call) =>
    setlistsApi.changeSet({ org: org.slug, params: { id: set.id }, body }, call),
  );
  const edit = useEdit<SetValues>(set, change.mutateAsync, onDone);
  return <SetFields values={set} {...edit} onCancel={onDone} action="Save" />;
}

function SetFields(form: FieldsProps<typeof fields>) {
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="name" label="Name" hint="Set 1, Acoustic set, Encore." autoFocus />
      <div className="grid grid-cols-2 gap-4">
        <Field name="kind" label="Kind" />
        <Field name="slotMinutes" label="Slot in minutes" />
      </div>
    </Form>
  );
}

function RemoveSet({ set, onClose }: { set: SetlistSet; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, setlistTables, (id: string, call) =>
    setlistsApi.removeSet({ org: org.slug, params: { id } }, call),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${set.name}?`}
      description="It goes with what is in it, and with what was said of how it went. The songs stay in the library."
      action="Remove set"
      onConfirm={() =>
        remove
          .mutateAsync(set.id)
          .catch((failure: unknown) =>
            toast({ tone: 'danger', title: `${set.name} is still there`, detail: errorText(failure) }),
          )
      }
    />
  );
}

function CopySetlist({ engagementId, onDone }: { engagementId: string; onDone: () => void }) {
  const org = useOrg();
  const [from, setFrom] = useState<string | null>(null);
  const copy = useChange(org.slug, setlistTables, (id: string, call) =>
    setlistsApi.copy({ org: org.slug, params: { id: engagementId }, body: { from: id } }, call),
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (from) copy.mutate(from, { onSuccess: onDone });
      }}
    >
      <div className="grid gap-4 pb-5">
        <FieldFrame
          label={capital(org.words.engagement.one)}
          hint="Its sets as they were planned are put behind what is here. What came on stage there stays there."
        >
          {(control) => <EngagementPicker {...control} value={from} onValue={setFrom} />}
        </FieldFrame>
        {copy.error && <ErrorNotice error={copy.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={copy.isPending} disabled={!from}>
        Copy
      </SubmitFooter>
    </form>
  );
}
