import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { instrumentName, instruments, isInstrument } from '#features/calls/instruments/instrument-rules.ts';
import { kindLabel, serviceKinds } from '#features/engagements/timeline/item-kinds.ts';
import type { PayTerms } from '../terms.ts';
import { MoneyInput, RateInput } from './money-input.tsx';
import { NumberBox } from './number-box.tsx';
import { numberOr, shownNumber, type TermsPartProps } from './terms-part.ts';

/** Rows that are added and taken away. */
function Row({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="flex min-w-0 items-center gap-2">
      {children}
      <IconButton label={`Remove ${label}`} onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

/** What each kind of service is paid, and how long it may last. */
export function ServiceRows({ terms, currency, onTerms }: TermsPartProps) {
  const set = (services: PayTerms['services']) => onTerms({ ...terms, services });
  const used = new Set(terms.services.map(({ kind }) => kind));
  const free = serviceKinds.filter((kind) => !used.has(kind));
  const change = (index: number, part: Partial<PayTerms['services'][number]>) =>
    set(terms.services.map((each, place) => (place === index ? { ...each, ...part } : each)));
  return (
    <div className="grid gap-2">
      {terms.services.map(({ kind, baseMinor, minutes }, index) => (
        <Row
          key={kind}
          label={kindLabel(kind)}
          onRemove={() => set(terms.services.filter((each) => each.kind !== kind))}
        >
          <span className="w-28 shrink-0 truncate text-sm sm:w-44">{kindLabel(kind)}</span>
          <MoneyInput
            className="min-w-0 flex-1 sm:max-w-44"
            aria-label={`Base of ${kindLabel(kind)}`}
            currency={currency}
            value={shownNumber(baseMinor)}
            onValue={(minor) => change(index, { baseMinor: numberOr(minor) })}
          />
          <NumberBox
            className="w-24 shrink-0"
            aria-label={`Minutes of ${kindLabel(kind)}`}
            unit="min"
            value={shownNumber(minutes)}
            onValue={(value) => change(index, { minutes: numberOr(value) })}
          />
        </Row>
      ))}
      {free.length > 0 && (
        <Select
          aria-label="Another kind of service"
          className="w-60"
          value={null}
          placeholder="Another kind of service…"
          onValue={(kind) => set([...terms.services, { kind, baseMinor: 0, minutes: 150 }])}
          options={free.map((kind) => ({ value: kind, label: kindLabel(kind) }))}
        />
      )}
    </div>
  );
}

/** What is paid for bringing which instrument. */
export function CartageRows({ terms, currency, onTerms }: TermsPartProps) {
  const { cartage } = terms;
  const set = (amounts: PayTerms['cartage']['amounts']) => onTerms({ ...terms, cartage: { ...cartage, amounts } });
  const used = new Set<string>(cartage.amounts.map(({ instrument }) => instrument));
  return (
    <div className="grid gap-2">
      {cartage.amounts.map(({ instrument, amountMinor }) => (
        <Row
          key={instrument}
          label={`cartage of ${instrumentName(instrument)}`}
          onRemove={() => set(cartage.amounts.filter((each) => each.instrument !== instrument))}
        >
          <span className="w-28 shrink-0 truncate text-sm sm:w-44">{instrumentName(instrument)}</span>
          <MoneyInput
            className="min-w-0 flex-1 sm:max-w-44"
            aria-label={`Cartage of ${instrumentName(instrument)}`}
            currency={currency}
            value={shownNumber(amountMinor)}
            onValue={(minor) =>
              set(
                cartage.amounts.map((each) =>
                  each.instrument === instrument ? { ...each, amountMinor: numberOr(minor) } : each,
                ),
              )
            }
          />
        </Row>
      ))}
      <div className="flex flex-wrap gap-2">
        <div className="w-60">
          <Combobox
            aria-label="Another instrument with cartage"
            value={null}
            placeholder="Add an instrument…"
            options={instruments
              .filter(({ code }) => !used.has(code))
              .map(({ code, name, family }) => ({ value: code, label: name, hint: family }))}
            onValue={(code) =>
              code && isInstrument(code) && set([...cartage.amounts, { instrument: code, amountMinor: 0 }])
            }
          />
        </div>
        {cartage.amounts.length > 0 && (
          <Segmented
            label="Cartage is paid"
            value={cartage.per}
            onValue={(per) => onTerms({ ...terms, cartage: { ...cartage, per } })}
            options={[
              { value: 'engagement', label: 'once a project' },
              { value: 'service', label: 'each service' },
            ]}
          />
        )}
      </div>
    </div>
  );
}

/** What is paid when a service is called off, by how short the notice is. */
export function TierRows({ terms, onTerms }: TermsPartProps) {
  const { cancellation } = terms;
  const set = (tiers: PayTerms['cancellation']) => onTerms({ ...terms, cancellation: tiers });
  const change = (index: number, part: Partial<PayTerms['cancellation'][number]>) =>
    set(cancellation.map((each, place) => (place === index ? { ...each, ...part } : each)));
  return (
    <div className="grid gap-2" role="group" aria-label="Services called off">
      {cancellation.map(({ withinHours, rate }, index) => (
        // Rows have no id, and keep their order while they are edited.
        // eslint-disable-next-line react/no-array-index-key
        <Row
          key={index}
          label={`limit ${index + 1}`}
          onRemove={() => set(cancellation.filter((_, place) => place !== index))}
        >
          <span className="shrink-0 text-sm text-ink-soft">Less than</span>
          <NumberBox
            className="w-20 shrink-0"
            aria-label={`Hours of limit ${index + 1}`}
            unit="h"
            value={shownNumber(withinHours)}
            onValue={(hours) => change(index, { withinHours: numberOr(hours) })}
          />
          <span className="hidden text-sm text-ink-soft sm:inline">before, they get</span>
          <RateInput
            className="w-24"
            aria-label={`Share of limit ${index + 1}`}
            value={shownNumber(rate)}
            onValue={(share) => change(index, { rate: numberOr(share) })}
          />
          <span className="hidden text-sm text-ink-soft sm:inline">of the base</span>
        </Row>
      ))}
      <div>
        <Button size="sm" onClick={() => set([...cancellation, { withinHours: 48, rate: 5_000 }])}>
          <Plus aria-hidden /> Limit for services called off
        </Button>
      </div>
    </div>
  );
}
