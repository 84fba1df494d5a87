import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { instrumentName, instruments, isInstrument } from '#features/calls/instruments/instrument-rules.ts';
import type { PayTerms } from '../terms.ts';
import { RateInput } from './money-input.tsx';
import { numberOr, shownNumber, type TermsPartProps } from './terms-part.ts';

type ByCategory = Extract<PayTerms['doubling'], { by: 'category' }>;
type Category = ByCategory['categories'][number];

const steps = { by: 'steps', first: 1_200, second: 1_000, further: 800 } as const;
const stepNames = { first: 'First double', second: 'Second', further: 'Each further' } as const;

/** What playing a second instrument is paid: by how many it is, or by which. */
export function DoublingFields({ terms, onTerms, error }: TermsPartProps & { error?: string | undefined }) {
  const { doubling } = terms;
  const set = (next: PayTerms['doubling']) => onTerms({ ...terms, doubling: next });
  return (
    <FieldFrame label="Doubling" group error={error}>
      {() => (
        <div className="grid grid-cols-1 gap-3">
          <Segmented
            label="Doubling is paid"
            className="justify-self-start"
            value={doubling.by}
            onValue={(by) => set(by === 'steps' ? steps : { by, categories: [] })}
            options={[
              { value: 'steps', label: 'by how many' },
              { value: 'category', label: 'by instrument' },
            ]}
          />
          {doubling.by === 'steps' ? (
            <div className="grid grid-cols-3 gap-3">
              {(['first', 'second', 'further'] as const).map((step) => (
                <FieldFrame key={step} label={stepNames[step]}>
                  {(control) => (
                    <RateInput
                      {...control}
                      value={shownNumber(doubling[step])}
                      onValue={(rate) => set({ ...doubling, [step]: numberOr(rate) })}
                    />
                  )}
                </FieldFrame>
              ))}
            </div>
          ) : (
            <Categories
              categories={doubling.categories}
              onCategories={(categories) => set({ by: 'category', categories })}
            />
          )}
        </div>
      )}
    </FieldFrame>
  );
}

function Categories({
  categories,
  onCategories,
}: {
  categories: Category[];
  onCategories: (categories: Category[]) => void;
}) {
  const used = new Set<string>(categories.flatMap((each) => each.instruments));
  const free = instruments
    .filter(({ code }) => !used.has(code))
    .map(({ code, name, family }) => ({ value: code, label: name, hint: family }));
  const change = (index: number, part: Partial<Category>) =>
    onCategories(categories.map((each, place) => (place === index ? { ...each, ...part } : each)));
  return (
    <div className="grid gap-3">
      {categories.map(({ name, rate, instruments: its }, index) => (
        // Rows have no id, and keep their order while they are edited.
        // eslint-disable-next-line react/no-array-index-key
        <div
          key={index}
          role="group"
          aria-label={`Category ${name}`}
          className="grid gap-2 rounded-md border border-line p-2"
        >
          <div className="flex gap-2">
            <Input
              aria-label={`Name of category ${index + 1}`}
              className="min-w-0 flex-1"
              maxLength={40}
              value={name}
              onChange={({ target }) => change(index, { name: target.value })}
            />
            <RateInput
              className="w-24 shrink-0"
              aria-label={`Share of category ${index + 1}`}
              value={shownNumber(rate)}
              onValue={(share) => change(index, { rate: numberOr(share) })}
            />
            <IconButton
              label={`Remove category ${name}`}
              onClick={() => onCategories(categories.filter((_, place) => place !== index))}
            >
              <X aria-hidden />
            </IconButton>
          </div>
          <div className="flex flex-wrap items-center gap-1.5">
            {its.map((code) => (
              <Button
                key={code}
                size="sm"
                aria-label={`Take ${instrumentName(code)} out of category ${name}`}
                onClick={() => change(index, { instruments: its.filter((each) => each !== code) })}
              >
                {instrumentName(code)} <X aria-hidden />
              </Button>
            ))}
            <div className="w-44">
              <Combobox
                aria-label={`Add an instrument to category ${name}`}
                value={null}
                placeholder="Add an instrument…"
                options={free}
                onValue={(code) => code && isInstrument(code) && change(index, { instruments: [...its, code] })}
              />
            </div>
          </div>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          onClick={() =>
            onCategories([
              ...categories,
              { name: String.fromCharCode(65 + (categories.length % 26)), rate: 900, instruments: [] },
            ])
          }
        >
          <Plus aria-hidden /> Category
        </Button>
      </div>
    </div>
  );
}
