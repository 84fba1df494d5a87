import { useState } from 'react';
import { packs } from '#features/organisations/packs/packs.ts';
import { MemberPicker } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { minorDigits } from '#platform/text/money.ts';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { firstStage, stageOf } from '../rules.ts';
import { engagementForm } from './engagement-fields.ts';

const { Field } = engagementForm;

/** What it may bring in, how likely that is, what comes next, and who sees to it. */
export function ValueFields({ stage }: { stage?: string | undefined }) {
  const org = useOrg();
  const [chosen] = useFormValue('pack');
  const pack = org.packs.map((name) => packs[name]).find(({ name }) => name === chosen) ?? org.pack;
  const usual = stageOf(pack, stage ?? firstStage(pack))?.probability;
  return (
    <>
      <div className={cn('grid gap-4', org.can('engagements.value') && 'sm:grid-cols-[minmax(0,1fr)_12rem]')}>
        {org.can('engagements.value') && <ValueField />}
        <Field name="probability" label="Probability in %" hint={`Empty: ${usual ?? 0} %, as its stage says.`} />
      </div>
      <Field name="nextStep" label="Next step" />
      {org.can('members.read') && (
        <Field name="leadUserId" label="Responsible">
          {(control) => <MemberPicker {...control} />}
        </Field>
      )}
    </>
  );
}

/** Two fields of the record that only make sense together. */
function ValueField() {
  const org = useOrg();
  const [minor, setMinor] = useFormValue('valueMinor');
  const [currency, setCurrency] = useFormValue('valueCurrency');
  const code = typeof currency === 'string' ? currency : org.currency;
  const [text, setText] = useState(typeof minor === 'number' ? String(minor / 10 ** minorDigits(code)) : '');
  const change = (entered: string, inCurrency = code) => {
    setText(entered);
    const amount = entered === '' ? null : Math.round(Number(entered) * 10 ** minorDigits(inCurrency));
    setMinor(amount);
    setCurrency(amount === null ? null : inCurrency);
  };
  return (
    <FieldFrame label="Value" optional>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={text}
            onChange={(event) => change(event.target.value)}
            className="min-w-0 flex-1 tabular-nums"
          />
          <div className="w-24 shrink-0">
            <CurrencyPicker
              aria-label="Currency of the value"
              value={code}
              onValue={(picked) => change(text, picked ?? org.currency)}
            />
          </div>
        </div>
      )}
    </FieldFrame>
  );
}
