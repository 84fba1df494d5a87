import { useState } from 'react';
import { formatMoney } from '#platform/text/money.ts';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { workExample, type ExampleChoice } from '../example-rules.ts';
import type { PayTerms } from '../terms.ts';
import { NumberBox } from './number-box.tsx';
import { PayLines } from './pay-lines.tsx';

/** What a flutist would get by these terms, worked out while they are written. @param terms null while they contradict themselves */
export function WorkedExample({ terms, currency }: { terms: PayTerms | null; currency: string }) {
  const [choice, setChoice] = useState<ExampleChoice>({ services: 4, overMinutes: 20, principal: true, doubles: 1 });
  const set = (part: Partial<ExampleChoice>) => setChoice((now) => ({ ...now, ...part }));
  const example = terms && workExample(terms, choice);
  return (
    <section aria-label="Example" className="grid min-w-0 grid-cols-1 gap-3 rounded-lg bg-sunken p-4">
      <h3 className="text-sm font-semibold">What a flutist would get</h3>
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-4">
        <FieldFrame label="Services">
          {(control) => (
            <NumberBox
              {...control}
              value={choice.services}
              onValue={(services) => set({ services: Math.min(services ?? 0, 40) })}
            />
          )}
        </FieldFrame>
        <FieldFrame label="Last one over by">
          {(control) => (
            <NumberBox
              {...control}
              unit="min"
              value={choice.overMinutes}
              onValue={(minutes) => set({ overMinutes: Math.min(minutes ?? 0, 600) })}
            />
          )}
        </FieldFrame>
        <FieldFrame label="Doubles">
          {(control) => (
            <NumberBox
              {...control}
              value={choice.doubles}
              onValue={(doubles) => set({ doubles: Math.min(doubles ?? 0, 4) })}
            />
          )}
        </FieldFrame>
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={choice.principal}
            onChange={({ target }) => set({ principal: target.checked })}
          />
          Principal
        </label>
      </div>
      {example ? (
        <>
          <PayLines lines={example.lines} currency={currency} none="Nothing: these terms pay no service." />
          <p className="flex justify-between border-t border-line pt-2 text-sm font-semibold">
            <span>Together</span>
            <span className="tabular-nums">{formatMoney(example.totalMinor, currency)}</span>
          </p>
        </>
      ) : (
        <p className="text-xs text-ink-soft">Complete the terms to see it.</p>
      )}
    </section>
  );
}
