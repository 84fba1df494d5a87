import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Select } from '#platform/ui/select.tsx';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import type { PayTerms } from '../terms.ts';
import { MoneyInput, RateInput } from './money-input.tsx';
import { NumberBox } from './number-box.tsx';
import { numberOr, shownNumber, type TermsPartProps } from './terms-part.ts';

/** Steps, rate and grace; what a day may have. */
export function OvertimeFields({ terms, onTerms }: TermsPartProps) {
  const { overtime, day } = terms;
  const over = (part: Partial<PayTerms['overtime']>) => onTerms({ ...terms, overtime: { ...overtime, ...part } });
  const ofDay = (part: Partial<PayTerms['day']>) => onTerms({ ...terms, day: { ...day, ...part } });
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
      <FieldFrame label="Step">
        {(control) => (
          <NumberBox
            {...control}
            unit="min"
            value={shownNumber(overtime.stepMinutes)}
            onValue={(minutes) => over({ stepMinutes: numberOr(minutes) })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Rate" hint="150 % is time and a half.">
        {(control) => (
          <RateInput
            {...control}
            value={shownNumber(overtime.rate)}
            onValue={(rate) => over({ rate: numberOr(rate) })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Grace">
        {(control) => (
          <NumberBox
            {...control}
            unit="min"
            value={shownNumber(overtime.graceMinutes)}
            onValue={(minutes) => over({ graceMinutes: numberOr(minutes) })}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Longest day" optional>
        {(control) => (
          <NumberBox {...control} unit="min" value={day.minutes} onValue={(minutes) => ofDay({ minutes })} />
        )}
      </FieldFrame>
      <FieldFrame label="Rest before a concert" hint="After a rehearsal that day." optional>
        {(control) => (
          <NumberBox
            {...control}
            unit="min"
            value={day.restMinutes}
            onValue={(restMinutes) => ofDay({ restMinutes })}
          />
        )}
      </FieldFrame>
    </div>
  );
}

/** So many services are paid at least. */
export function GuaranteeFields({ terms, onTerms }: TermsPartProps) {
  const { guarantee } = terms;
  const [first] = terms.services;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <FieldFrame label="Services guaranteed" hint="Of a project; those missed are not." optional>
        {(control) => (
          <NumberBox
            {...control}
            value={guarantee?.services ?? null}
            onValue={(services) =>
              onTerms({
                ...terms,
                guarantee: services === null || !first ? null : { kind: guarantee?.kind ?? first.kind, services },
              })
            }
          />
        )}
      </FieldFrame>
      {guarantee && (
        <FieldFrame label="By the base of">
          {(control) => (
            <Select
              {...control}
              value={guarantee.kind}
              onValue={(kind) => onTerms({ ...terms, guarantee: { ...guarantee, kind } })}
              options={terms.services.map(({ kind }) => ({ value: kind, label: kindLabel(kind) }))}
            />
          )}
        </FieldFrame>
      )}
    </div>
  );
}

/** What a day away is paid. */
export function PerDiemFields({ terms, currency, onTerms }: TermsPartProps) {
  const { perDiem } = terms;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <FieldFrame label="For each day" optional>
        {(control) => (
          <MoneyInput
            {...control}
            currency={currency}
            value={perDiem?.amountMinor ?? null}
            onValue={(amountMinor) =>
              onTerms({
                ...terms,
                perDiem: amountMinor === null ? null : { kinds: perDiem?.kinds ?? ['run_out'], amountMinor },
              })
            }
          />
        )}
      </FieldFrame>
      {perDiem && (
        <FieldFrame label="With a service of" group>
          {() => (
            <div className="flex flex-wrap gap-x-4 gap-y-1">
              {[...new Set([...terms.services.map(({ kind }) => kind), 'run_out' as const])].map((kind) => (
                <label key={kind} className="flex min-h-6 items-center gap-1.5 text-sm">
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    checked={perDiem.kinds.includes(kind)}
                    onChange={({ target }) =>
                      onTerms({
                        ...terms,
                        perDiem: {
                          ...perDiem,
                          kinds: target.checked
                            ? [...perDiem.kinds, kind]
                            : perDiem.kinds.filter((each) => each !== kind),
                        },
                      })
                    }
                  />
                  {kindLabel(kind)}
                </label>
              ))}
            </div>
          )}
        </FieldFrame>
      )}
    </div>
  );
}
