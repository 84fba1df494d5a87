import type { ReactNode } from 'react';
import { Select } from '#platform/ui/select.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { roundings } from '../money-rules.ts';
import type { PayTerms } from '../terms.ts';
import { DoublingFields } from './doubling-fields.tsx';
import { CartageRows, ServiceRows, TierRows } from './term-rows.tsx';
import { RateInput } from './money-input.tsx';
import { GuaranteeFields, OvertimeFields, PerDiemFields } from './terms-fields.tsx';
import { numberOr, shownNumber, type TermsPartProps } from './terms-part.ts';

interface TermsFormProps extends TermsPartProps {
  problems: readonly { field: string; message: string }[];
}

/** All terms of a scale, part by part. */
export function TermsForm({ problems, ...part }: TermsFormProps) {
  const { terms, currency, onTerms } = part;
  const set = (more: Partial<PayTerms>) => onTerms({ ...terms, ...more });
  const errorOf = (name: string) => problems.find(({ field }) => field.startsWith(`terms.${name}`))?.message;
  return (
    <>
      <Part title="Services" error={errorOf('services')} hint="What each kind is paid, and how long it may last.">
        <ServiceRows {...part} />
      </Part>
      <Part title="Overtime" hint="Each started step is paid.">
        <OvertimeFields {...part} />
      </Part>
      <Part title="Premiums">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <FieldFrame label="Principal’s chair" error={errorOf('principal')}>
            {(control) => (
              <RateInput
                {...control}
                value={shownNumber(terms.principal)}
                onValue={(rate) => set({ principal: numberOr(rate) })}
              />
            )}
          </FieldFrame>
          <FieldFrame label="Premiums are a share of">
            {(control) => (
              <Select
                {...control}
                value={terms.premiumsOn}
                onValue={(premiumsOn) => set({ premiumsOn })}
                options={[
                  { value: 'base', label: 'the base' },
                  { value: 'base_and_overtime', label: 'base and overtime' },
                ]}
              />
            )}
          </FieldFrame>
        </div>
        <DoublingFields {...part} error={errorOf('doubling')} />
      </Part>
      <Part title="Cartage" hint="For bringing a large instrument." error={errorOf('cartage')}>
        <CartageRows {...part} />
      </Part>
      <Part title="Away" hint="A per diem for each day with such a service." error={errorOf('perDiem')}>
        <PerDiemFields {...part} />
      </Part>
      <Part title="Guarantee and cancellation" error={errorOf('cancellation') ?? errorOf('guarantee')}>
        <GuaranteeFields {...part} />
        <TierRows {...part} />
      </Part>
      <Part title="What else">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Choice
            label="Coming late, leaving early"
            value={terms.lateness}
            onValue={(lateness) => set({ lateness })}
            options={[
              ['unpaid_by_minute', 'not paid, by the minute'],
              ['unpaid_by_step', 'not paid, by started overtime steps'],
              ['paid', 'paid'],
            ]}
          />
          <Choice
            label="Excused"
            value={terms.excused}
            onValue={(excused) => set({ excused })}
            options={[
              ['unpaid', 'not paid'],
              ['paid', 'paid'],
            ]}
          />
          <Choice
            label="Who sits by the roster"
            value={terms.payRoster ? 'paid' : 'salary'}
            onValue={(who) => set({ payRoster: who === 'paid' })}
            options={[
              ['salary', 'is on a salary'],
              ['paid', 'is paid by this scale'],
            ]}
          />
          <Choice
            label="Rounding of each line"
            value={terms.rounding}
            onValue={(rounding) => set({ rounding })}
            options={roundings.map(
              (each) =>
                [
                  each,
                  { half_up: 'a half goes up', half_even: 'a half goes to the even', down: 'always down' }[each],
                ] as const,
            )}
          />
        </div>
      </Part>
      <p className="sr-only">All amounts are in {currency}.</p>
    </>
  );
}

function Part({
  title,
  hint,
  error,
  children,
}: {
  title: string;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="grid min-w-0 grid-cols-1 gap-3 border-t border-line pt-4">
      <div>
        <h3 className="text-sm font-semibold">{title}</h3>
        {hint && <p className="text-xs text-ink-faint">{hint}</p>}
      </div>
      {children}
      {error && <p className="text-xs text-danger">{error}</p>}
    </section>
  );
}

function Choice<V extends string>({
  label,
  value,
  onValue,
  options,
}: {
  label: string;
  value: V;
  onValue: (value: V) => void;
  options: readonly (readonly [V, string])[];
}) {
  return (
    <FieldFrame label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onValue={onValue}
          options={options.map(([each, words]) => ({ value: each, label: words }))}
        />
      )}
    </FieldFrame>
  );
}
