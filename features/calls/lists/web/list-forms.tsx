import * as z from 'zod';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rankedList, type ListWithPeople } from '../contract.ts';
import { grades } from '../list-rules.ts';
import { listsApi } from './list-queries.ts';
import { useListChange } from './use-list-change.ts';

const { skill: _, kind: __, ...changeable } = rankedList.fields;
const draft = z.object(changeable);
type DraftValues = z.output<typeof draft>;
const Draft = entityForm(draft);

const lastDay = z.object({ validTo: rankedList.fields.validTo });
const End = entityForm(lastDay);

const dayBox = { type: 'date', min: '1900-01-01', max: '2199-12-31', className: 'tabular-nums' } as const;

/** Of a draft: grade, days and notes. */
export function EditList({ list, onDone }: { list: ListWithPeople; onDone: () => void }) {
  const org = useOrg();
  const change = useListChange(list.id, (body: Partial<DraftValues> & { version: number }, call) =>
    listsApi.change({ org: org.slug, params: { id: list.id }, body }, call),
  );
  const { grade, validFrom, validTo, notes, version } = list;
  const shown = { grade, validFrom, validTo, notes, version };
  const edit = useEdit<DraftValues>(shown, change.mutateAsync, onDone);
  return (
    <Draft.Form values={shown} {...edit} onCancel={onDone} action="Save" footer={DialogFooter}>
      <Draft.Field name="grade" label="Grade" group hint="A is asked before B, B before C.">
        {({ value, onValue }) => (
          <Segmented
            label="Grade"
            value={value}
            onValue={onValue}
            options={grades.map((one) => ({ value: one, label: one }))}
          />
        )}
      </Draft.Field>
      <div className="grid grid-cols-2 gap-4">
        <Draft.Field name="validFrom" label="Valid from">
          {({ onValue, ...control }) => (
            <Input {...dayBox} {...control} onChange={({ target }) => onValue(target.value)} />
          )}
        </Draft.Field>
        <Draft.Field name="validTo" label="Last day">
          {({ value, onValue, ...control }) => (
            <Input
              {...dayBox}
              {...control}
              value={value ?? ''}
              onChange={({ target }) => onValue(target.value || null)}
            />
          )}
        </Draft.Field>
      </div>
      <Draft.Field name="notes" label="Notes" hint="For those who see ranks." />
    </Draft.Form>
  );
}

/** Of an approved list: its last day. */
export function EndList({ list, onDone }: { list: ListWithPeople; onDone: () => void }) {
  const org = useOrg();
  const end = useListChange(list.id, (body: { version: number; validTo: string | null }, call) =>
    listsApi.end({ org: org.slug, params: { id: list.id }, body }, call),
  );
  const submit = async ({ validTo }: z.output<typeof lastDay>) => {
    await end.mutateAsync({ version: list.version, validTo });
    onDone();
  };
  return (
    <End.Form
      values={{ validTo: list.validTo }}
      onSubmit={submit}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
    >
      <End.Field name="validTo" label="Last day" hint="Nobody is asked from it afterwards. Empty: it stays open.">
        {({ value, onValue, ...control }) => (
          <Input
            {...dayBox}
            {...control}
            value={value ?? ''}
            onChange={({ target }) => onValue(target.value || null)}
          />
        )}
      </End.Field>
    </End.Form>
  );
}
