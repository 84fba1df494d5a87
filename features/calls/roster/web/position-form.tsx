import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue, type FieldsProps } from '#platform/ui/entity-form.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import {
  instrumentOf,
  instruments,
  isInstrument,
  type InstrumentCode,
} from '#features/calls/instruments/instrument-rules.ts';
import { position, type Position } from '../contract.ts';
import { rosterApi, rosterTables } from './roster-queries.ts';

const fields = z.object(position.fields);
type PositionValues = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

const choices = instruments.map(({ code, name, family }) => ({ value: code, label: name, hint: family }));

/** A position, new or to be changed. */
export function PositionForm({ position: shown, onDone }: { position: Position | null; onDone: () => void }) {
  return shown ? <EditPosition key={shown.id} position={shown} onDone={onDone} /> : <NewPosition onDone={onDone} />;
}

function NewPosition({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const create = useChange(org.slug, rosterTables, (body: PositionValues, call) =>
    rosterApi.createPosition({ org: org.slug, body }, call),
  );
  const submit = async (values: PositionValues) => {
    await create.mutateAsync(values);
    onDone();
  };
  return <Fields values={{}} onSubmit={submit} onCancel={onDone} action="Add position" />;
}

function EditPosition({ position: shown, onDone }: { position: Position; onDone: () => void }) {
  const org = useOrg();
  const change = useChange(org.slug, rosterTables, (body: Partial<PositionValues> & { version: number }, call) =>
    rosterApi.changePosition({ org: org.slug, params: { id: shown.id }, body }, call),
  );
  const edit = useEdit<PositionValues>(shown, change.mutateAsync, onDone);
  return <Fields values={shown} {...edit} onCancel={onDone} action="Save" />;
}

function Fields(form: FieldsProps<typeof fields>) {
  return (
    <Form {...form} footer={DialogFooter}>
      <Field name="instrument" label="Instrument">
        {({ value, onValue, ...control }) => (
          <Combobox
            {...control}
            value={value ?? null}
            options={choices}
            placeholder="Choose an instrument…"
            onValue={(code) => code && isInstrument(code) && onValue(code)}
          />
        )}
      </Field>
      <Field name="title" label="Title" hint="As your musicians call it: Principal flute; Second violin, tutti." />
      <div className="grid grid-cols-2 gap-4">
        <Field name="kind" label="Kind" hint="Principals are asked from lists of their own." />
        <Field name="chairs" label="Chairs" />
      </div>
      <Doubles />
      <Field name="sort" label="Place in its section" hint="Positions of one instrument stand in this order." />
    </Form>
  );
}

/** The usual doubles of the instrument first in sight; any other instrument may be added. */
function Doubles() {
  const [instrument] = useFormValue('instrument');
  const own = typeof instrument === 'string' && isInstrument(instrument) ? instrument : null;
  return (
    <Field name="doubles" label="Also plays" group hint="What who sits here must play as well.">
      {({ value, onValue, id: _, ...control }) => {
        const chosen: readonly InstrumentCode[] = value ?? [];
        const usual = own ? instrumentOf(own).doubles : [];
        return (
          <div className="grid gap-2">
            <div className="flex flex-wrap gap-x-4 gap-y-1">
              {[...new Set([...usual, ...chosen])].map((code) => (
                <label key={code} className="flex min-h-6 items-center gap-1.5 text-sm">
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    checked={chosen.includes(code)}
                    onChange={({ target }) =>
                      onValue(target.checked ? [...chosen, code] : chosen.filter((each) => each !== code))
                    }
                  />
                  {instrumentOf(code).name}
                </label>
              ))}
            </div>
            <Combobox
              {...control}
              aria-label="Another instrument"
              value={null}
              options={choices.filter(({ value: code }) => code !== own && !chosen.includes(code))}
              placeholder="Another instrument…"
              onValue={(code) => code && isInstrument(code) && onValue([...chosen, code])}
            />
          </div>
        );
      }}
    </Field>
  );
}
