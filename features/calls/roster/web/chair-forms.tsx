import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { chair, type HeldChair, type Position } from '../contract.ts';
import { rosterApi, rosterTables } from './roster-queries.ts';

const given = z.object({
  ...chair.fields,
  resourceId: z.uuid({ error: 'Choose who gets the chair.' }),
});
type GivenChair = z.output<typeof given>;
const Give = entityForm(given);

const { positionId: _, resourceId: __, ...heldFields } = chair.fields;
const held = z.object(heldFields);
type ChairValues = z.output<typeof held>;
const Edit = entityForm(held);

const tenureWords: Readonly<Record<string, string>> = {
  permanent: 'Permanent',
  trial: 'Trial year',
  contract: 'On contract',
  acting: 'Acting',
};

const noteHint = 'Only for those who may read private notes, never for who sits here.';

/** Who doesn't read notes must not send one either. */
function withoutNote<V extends { note?: string }>({ note: _note, ...rest }: V): Omit<V, 'note'> {
  return rest;
}

/** Somebody for a chair that is vacant on the day that is shown. */
export function GiveChair({
  position,
  number,
  on,
  onDone,
}: {
  position: Position;
  number: number;
  on: string;
  onDone: () => void;
}) {
  const org = useOrg();
  const notes = org.can('roster.notes');
  const give = useChange(org.slug, rosterTables, (body: Omit<GivenChair, 'note'> & { note?: string }, call) =>
    rosterApi.giveChair({ org: org.slug, body }, call),
  );
  const submit = async (values: GivenChair) => {
    await give.mutateAsync(notes ? values : withoutNote(values));
    onDone();
  };
  return (
    <Give.Form
      values={{ positionId: position.id, number, startsOn: on }}
      onSubmit={submit}
      onCancel={onDone}
      action="Give the chair"
      footer={DialogFooter}
    >
      <Give.Field name="resourceId" label="Who" hint="The instrument joins their skills.">
        {(control) => (
          <ResourcePicker
            {...control}
            value={control.value || null}
            onValue={(id) => control.onValue(id ?? '')}
            kind="person"
          />
        )}
      </Give.Field>
      <div className="grid grid-cols-2 gap-4">
        <Give.Field name="tenure" label="Tenure" optionLabel={(tenure) => tenureWords[tenure] ?? tenure} />
        {position.chairs > 1 && <Give.Field name="number" label="Chair" />}
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Give.Field name="startsOn" label="From">
          {(control) => <DayInput {...control} />}
        </Give.Field>
        <Give.Field name="endsOn" label="Last day">
          {({ onValue, ...control }) => <DayInput {...control} onValue={(day) => onValue(day || null)} />}
        </Give.Field>
      </div>
      {notes && <Give.Field name="note" label="Private note" hint={noteHint} />}
    </Give.Form>
  );
}

/** A chair that somebody holds: its number, tenure, days and note. */
export function EditChair({ chair: shown, onDone }: { chair: HeldChair; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, rosterTables, (body: Partial<ChairValues> & { version: number }, call) =>
    rosterApi.changeChair({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<ChairValues>(shown, change.mutateAsync, onDone);
  return (
    <Edit.Form
      values={shown}
      {...edit}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
      aside={<TakeBack chair={shown} onDone={onDone} />}
    >
      <div className="grid grid-cols-2 gap-4">
        <Edit.Field name="tenure" label="Tenure" optionLabel={(tenure) => tenureWords[tenure] ?? tenure} />
        <Edit.Field name="number" label="Chair" />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Edit.Field name="startsOn" label="From">
          {(control) => <DayInput {...control} />}
        </Edit.Field>
        <Edit.Field name="endsOn" label="Last day" hint="Ends it; who sat here stays known.">
          {({ onValue, ...control }) => <DayInput {...control} onValue={(day) => onValue(day || null)} />}
        </Edit.Field>
      </div>
      {org.can('roster.notes') && <Edit.Field name="note" label="Private note" hint={noteHint} />}
    </Edit.Form>
  );
}

/** For a chair that was given by mistake. */
function TakeBack({ chair: shown, onDone }: { chair: HeldChair; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const remove = useChange(org.slug, rosterTables, (id: string, call) =>
    rosterApi.removeChair({ org: org.slug, params: { id } }, call),
  );
  const confirm = () =>
    remove
      .mutateAsync(shown.id)
      .then(onDone, (failure: unknown) =>
        toast({ tone: 'danger', title: `${shown.name} still has the chair`, detail: errorText(failure) }),
      );
  return (
    <>
      <Button variant="danger-ghost" onClick={() => setAsking(true)}>
        Take back
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Take the chair back from ${shown.name}?`}
        description="For a chair that was given by mistake: it will look as if they had never held it. To end one, set its last day."
        action="Take back"
        onConfirm={confirm}
      />
    </>
  );
}
