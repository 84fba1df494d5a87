import { useNavigate } from '@tanstack/react-router';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { isInstrument } from '#features/calls/instruments/instrument-rules.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rankedList } from '../contract.ts';
import { listsApi, listTables } from './list-queries.ts';
import { SkillPicker } from './skill-picker.tsx';

const fields = z.object(rankedList.fields);
export type NewListValues = z.input<typeof fields>;
const { Form, Field } = entityForm(fields);

export const kindWords: Readonly<Record<string, string>> = { principal: 'Principals', section: 'Section' };
const gradeWords: Readonly<Record<string, string>> = { A: 'A, asked first', B: 'B', C: 'C, asked last' };

/** A draft: for which chairs, of which grade, valid from when. Opens it when it is made. */
export function NewList({
  values,
  copyOf,
  onDone,
}: {
  values: Partial<NewListValues>;
  /** A list whose people it begins with. */
  copyOf?: string;
  onDone: () => void;
}) {
  const org = useOrg();
  const navigate = useNavigate();
  const create = useChange(org.slug, listTables, (body: NewListValues & { copyOf?: string }, call) =>
    listsApi.create({ org: org.slug, body }, call),
  );
  const submit = async (chosen: z.output<typeof fields>) => {
    const { id } = await create.mutateAsync({ ...chosen, ...(copyOf && { copyOf }) });
    onDone();
    await navigate({ to: '/o/$org/lists/$id', params: { org: org.slug, id } });
  };
  return (
    <Form values={values} onSubmit={submit} onCancel={onDone} action="Make the draft" footer={DialogFooter}>
      <Field name="skill" label="For whom" hint="An instrument, or any other skill that people have.">
        {({ value, onValue, ...control }) => (
          <SkillPicker {...control} value={value || null} onValue={(skill) => onValue(skill ?? '')} />
        )}
      </Field>
      <KindField />
      <Field name="grade" label="Grade" group>
        {({ value, onValue }) => (
          <Segmented
            label="Grade"
            value={value}
            onValue={onValue}
            options={(['A', 'B', 'C'] as const).map((grade) => ({ value: grade, label: gradeWords[grade] ?? grade }))}
          />
        )}
      </Field>
      <ValidityFields />
      <Field name="notes" label="Notes" hint="For those who see ranks." />
    </Form>
  );
}

/** Only orchestras' instruments have principals. */
function KindField() {
  const [skill] = useFormValue('skill');
  if (typeof skill === 'string' && skill !== '' && !isInstrument(skill)) return null;
  return (
    <Field name="kind" label="Chairs" group>
      {({ value, onValue }) => (
        <Segmented
          label="Chairs"
          value={value}
          onValue={onValue}
          options={(['section', 'principal'] as const).map((kind) => ({ value: kind, label: kindWords[kind] ?? kind }))}
        />
      )}
    </Field>
  );
}

function ValidityFields() {
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field name="validFrom" label="Valid from">
        {(control) => <DayInput {...control} />}
      </Field>
      <Field name="validTo" label="Last day">
        {({ onValue, ...control }) => <DayInput {...control} onValue={(day) => onValue(day || null)} />}
      </Field>
    </div>
  );
}
