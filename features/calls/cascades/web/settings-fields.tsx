import type { ReactNode } from 'react';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { Input } from '#platform/ui/input.tsx';
import { AmountField } from '#features/organisations/web/amount-field.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { strategies } from '../cascade-contract.ts';
import { clockOf, minutesOf, settingsShape } from './call-settings.ts';
import { strategyWords } from './cascade-words.ts';
import { DurationField } from './duration-field.tsx';

export const SettingsForm = entityForm(settingsShape);
const { Field } = SettingsForm;

/** How people are called, and what is offered to them. @param feeHint what it would cost by the scale of pay */
export function SettingsFields({ feeHint }: { feeHint?: ReactNode }) {
  const org = useOrg();
  return (
    <>
      <StrategyField />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="deadlineMinutes" label="Time to answer">
          {({ onValue, ...control }) => (
            <DurationField {...control} onValue={(minutes) => onValue(minutes ?? 0)} label="Time to answer" />
          )}
        </Field>
        <Field name="reminderMinutes" label="Reminder" hint="Before the deadline. Empty: none.">
          {(control) => <DurationField {...control} label="Reminder" />}
        </Field>
        <Field name="lateWithinMinutes" label="Short notice" hint="So long before the first service.">
          {({ onValue, ...control }) => (
            <DurationField {...control} onValue={(minutes) => onValue(minutes ?? 0)} label="Short notice" />
          )}
        </Field>
        <Field name="lateDeadlineMinutes" label="Time to answer then" hint="At short notice.">
          {({ onValue, ...control }) => (
            <DurationField {...control} onValue={(minutes) => onValue(minutes ?? 0)} label="Time to answer then" />
          )}
        </Field>
      </div>
      <QuietHours />
      <Field
        name="partial"
        label="Part of it will do"
        hint="They may accept some of the services; the rest goes on down the list."
      />
      {org.can('calls.fees') && (
        <AmountField
          name="fee"
          label="Fee"
          hint={feeHint ?? 'For all services together. Empty: the call says nothing of a fee.'}
        />
      )}
      <Field name="message" label="Message" hint="Stands in every call, beside the facts." />
    </>
  );
}

function StrategyField() {
  const [strategy] = useFormValue('strategy');
  return (
    <>
      <Field name="strategy" label="How to call" group>
        {({ value, onValue, id, ...control }) => (
          <div className="grid gap-2">
            {strategies.map((each) => (
              <label
                key={each}
                className="flex gap-3 rounded-lg border border-line px-3 py-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
              >
                <input
                  {...control}
                  type="radio"
                  name={id}
                  checked={value === each}
                  onChange={() => onValue(each)}
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0">
                  <span className="block text-sm font-medium">{strategyWords[each].label}</span>
                  <span className="block text-xs text-pretty text-ink-soft">{strategyWords[each].means}</span>
                </span>
              </label>
            ))}
          </div>
        )}
      </Field>
      {strategy === 'some' && <Field name="width" label="How many at a time" className="sm:w-48" />}
    </>
  );
}

/** When nobody is to be woken. */
function QuietHours() {
  const [from] = useFormValue('quietFrom');
  const [to] = useFormValue('quietTo');
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field
        name="quietFrom"
        label="Quiet from"
        hint={from === to ? 'The same time twice: no quiet hours.' : 'By the clock of who is called.'}
      >
        {({ value, onValue, ...control }) => <ClockInput {...control} value={value} onValue={onValue} />}
      </Field>
      <Field name="quietTo" label="Quiet until">
        {({ value, onValue, ...control }) => <ClockInput {...control} value={value} onValue={onValue} />}
      </Field>
    </div>
  );
}

function ClockInput({
  value,
  onValue,
  ...control
}: {
  id: string;
  value: number | undefined;
  onValue: (minutes: number) => void;
}) {
  return (
    <Input
      {...control}
      type="time"
      value={clockOf(value ?? 0)}
      onChange={({ target }) => {
        const minutes = minutesOf(target.value);
        if (minutes !== null) onValue(minutes);
      }}
      className="tabular-nums"
    />
  );
}
