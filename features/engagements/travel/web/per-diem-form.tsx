import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { DayInput } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { MoneyInput } from '#features/calls/pay/web/money-input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { newPerDiems } from '../travel-contract.ts';
import { PeopleChoice, withPeople, type ChoosablePerson } from './people-choice.tsx';
import { travelApi, travelTables } from './travel-queries.ts';

const { personIds: _, ...shape } = newPerDiems.shape;
const fields = z.object(shape).refine(({ from, to }) => from <= to, {
  error: 'The last day must not be before the first.',
  path: ['to'],
});
type Values = z.output<typeof fields>;
const { Form, Field } = entityForm(fields);

interface PerDiemFormProps {
  engagementId: string;
  people: readonly ChoosablePerson[];
  first: string;
  last: string;
  onDone: () => void;
}

/** So much for each of these people on each of these days. */
export function PerDiemForm({ engagementId, people, first, last, onDone }: PerDiemFormProps) {
  const org = useOrg();
  const toast = useToast();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(people.map(({ personId }) => personId)));
  const set = useChange(org.slug, travelTables, (body: Values & { personIds: string[] }, call) =>
    travelApi.setPerDiems({ org: org.slug, params: { id: engagementId }, body }, call),
  );
  const submit = async (values: Values) => {
    const { paid } = await set.mutateAsync({ ...values, personIds: [...chosen] });
    if (paid > 0)
      toast({
        tone: 'good',
        title: `${paid} ${paid === 1 ? 'day was' : 'days were'} paid already`,
        detail: 'They stay as they are.',
      });
    onDone();
  };
  return (
    <Form
      values={{ from: first, to: last, currency: org.currency }}
      onSubmit={submit}
      onCancel={onDone}
      action="Set per diems"
      footer={DialogFooter}
    >
      <Amount />
      <div className="grid grid-cols-2 gap-4">
        <Field name="from" label="First day">
          {(control) => <DayInput {...control} />}
        </Field>
        <Field name="to" label="Last day">
          {(control) => <DayInput {...control} />}
        </Field>
      </div>
      <PeopleChoice
        label="For"
        people={people}
        chosen={chosen}
        onChange={(ids, on) => setChosen(withPeople(chosen, ids, on))}
      />
    </Form>
  );
}

function Amount() {
  const org = useOrg();
  const [currency] = useFormValue('currency');
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field name="amountMinor" label="A day">
        {({ value, onValue, ...control }) => (
          <MoneyInput
            {...control}
            value={typeof value === 'number' ? value : null}
            onValue={(minor) => onValue(minor ?? 0)}
            currency={typeof currency === 'string' && currency ? currency : org.currency}
          />
        )}
      </Field>
      <Field name="currency" label="Currency">
        {({ value, onValue, ...control }) => (
          <CurrencyPicker {...control} value={value || null} onValue={(code) => onValue(code ?? '')} />
        )}
      </Field>
    </div>
  );
}
