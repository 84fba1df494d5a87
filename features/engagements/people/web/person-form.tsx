import { useState, type ReactNode } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rosterEntry, type RosterEntry } from '../contract.ts';
import type { Groups } from './people-dialogs.tsx';
import { peopleApi, peopleTables } from './people-queries.ts';
import { bodyOf, SomebodyPicker, type Somebody } from './somebody-picker.tsx';

const fields = z.object(rosterEntry.fields);
type EntryValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface EntryFieldsProps extends FieldsProps<typeof fields> {
  groups: Groups;
  /** Before the fields. */
  children?: ReactNode;
}

function Fields({ groups, children, ...form }: EntryFieldsProps) {
  return (
    <Form {...form} footer={DialogFooter}>
      {children}
      <Field name="groupKey" label="Group">
        {(control) => (
          <Select
            {...control}
            options={groups.map(({ key, name }) => ({ value: key, label: `${key.toUpperCase()} · ${name}` }))}
          />
        )}
      </Field>
      <Field name="role" label="Role" hint="What they do on it: FOH engineer." />
      <Field name="callNote" label="Call note" hint="For them and the team; others on it don’t see it." />
    </Form>
  );
}

interface AddPersonProps {
  engagementId: string;
  groups: Groups;
  entries: readonly RosterEntry[];
  onDone: () => void;
}

/** Somebody comes onto the roster. */
export function AddPerson({ engagementId, groups, entries, onDone }: AddPersonProps) {
  const org = useOrg();
  const toast = useToast();
  const [who, setWho] = useState<Somebody>({ kind: 'person', id: null });
  const add = useChange(org.slug, peopleTables, (values: EntryValues & ReturnType<typeof bodyOf>, call) =>
    peopleApi.add({ org: org.slug, params: { id: engagementId }, body: values }, call),
  );
  const submit = async (values: EntryValues) => {
    const { name } = await add.mutateAsync({ ...values, ...bodyOf(who) });
    toast({ tone: 'good', title: `${name} is on the roster` });
    onDone();
  };
  return (
    <Fields values={{ groupKey: 'b' }} groups={groups} onSubmit={submit} onCancel={onDone} action="Add">
      <SomebodyPicker value={who} onValue={setWho} entries={entries} />
    </Fields>
  );
}

/** Group, role and call note of somebody on it. */
export function EditPerson({ entry, groups, onDone }: { entry: RosterEntry; groups: Groups; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, peopleTables, (body: Partial<EntryValues> & { version: number }, call) =>
    peopleApi.change({ org: org.slug, params: { id: entry.id }, body }, call),
  );
  const edit = useEdit<EntryValues>(entry, change.mutateAsync, onDone);
  return <Fields values={entry} groups={groups} {...edit} onCancel={onDone} action="Save" />;
}
