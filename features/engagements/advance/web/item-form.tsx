import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { WordsInput } from '#platform/ui/words-input.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { item, type AdvanceItem } from '../contract.ts';
import { answerKinds } from '../rules.ts';
import { advanceApi, advanceTables } from './advance-queries.ts';
import { kindLabel, sideOptions } from './item-words.ts';

const fields = z.object(item.fields);
type ItemValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface ItemFormProps {
  item: AdvanceItem | null;
  engagementId: string;
  /** Sections that there are. */
  sections: readonly string[];
  onDone: () => void;
}

/** What is asked: one more, or in other words. */
export function ItemForm({ item: shown, ...rest }: ItemFormProps) {
  return shown ? <EditItem item={shown} {...rest} /> : <NewItem {...rest} />;
}

function NewItem({ engagementId, sections, onDone }: Omit<ItemFormProps, 'item'>) {
  const org = useOrg();
  const add = useChange(org.slug, advanceTables, (body: ItemValues, call) =>
    advanceApi.addItem({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  return (
    <Form
      values={{ section: sections.at(-1) ?? '' }}
      onSubmit={(values) => add.mutateAsync(fitting(values)).then(onDone)}
      onCancel={onDone}
      action="Add item"
      footer={DialogFooter}
    >
      <Fields sections={sections} />
    </Form>
  );
}

function EditItem({ item: shown, sections, onDone }: Omit<ItemFormProps, 'item'> & { item: AdvanceItem }) {
  const org = useOrg();
  const change = useChange(org.slug, advanceTables, (body: Partial<ItemValues> & { version: number }, call) =>
    advanceApi.changeItem({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<ItemValues>(shown, change.mutateAsync, onDone);
  return (
    <Form
      values={shown}
      onSubmit={(values) => edit.onSubmit({ ...shown, ...fitting(values) })}
      renderError={edit.renderError}
      onCancel={onDone}
      action="Save"
      footer={DialogFooter}
    >
      <Fields sections={sections} />
    </Form>
  );
}

/** Choices go with the kind that has them. */
const fitting = (values: ItemValues): ItemValues => (values.kind === 'choice' ? values : { ...values, choices: [] });

function Fields({ sections }: { sections: readonly string[] }) {
  const [kind] = useFormValue('kind');
  return (
    <>
      <Field name="title" label="What" autoFocus />
      <Field name="hint" label="What exactly is meant" hint="Who answers reads it below." />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="side" label="Who answers">
          {({ value, onValue, ...control }) => (
            <Select {...control} value={value ?? 'them'} onValue={onValue} options={sideOptions} />
          )}
        </Field>
        <Field name="kind" label="Answer">
          {({ value, onValue, ...control }) => (
            <Select
              {...control}
              value={value ?? 'text'}
              onValue={onValue}
              options={answerKinds.map((each) => ({ value: each, label: kindLabel[each] }))}
            />
          )}
        </Field>
      </div>
      {kind === 'choice' && (
        <Field name="choices" label="To choose from">
          {({ value, onValue, ...control }) => (
            <WordsInput {...control} value={value ?? []} onValue={onValue} placeholder="An answer, then Enter" />
          )}
        </Field>
      )}
      <Field name="section" label="Section">
        {({ value, onValue, ...control }) => (
          <>
            <Input
              {...control}
              list={`${control.id}-sections`}
              maxLength={80}
              value={value ?? ''}
              onChange={({ target }) => onValue(target.value)}
            />
            <datalist id={`${control.id}-sections`}>
              {sections.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </>
        )}
      </Field>
    </>
  );
}
