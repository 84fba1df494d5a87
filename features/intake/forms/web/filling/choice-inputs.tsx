import { cn } from '#platform/ui/class-names.ts';
import type { ControlProps } from '#platform/ui/field-frame.tsx';

/** As tall as a thumb; the whole row is pressed. */
const row =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-[1rem] leading-snug has-checked:border-accent has-checked:bg-accent-soft has-checked:text-on-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent';
const mark = 'size-4.5 shrink-0 accent-accent outline-none';

interface ChoiceProps {
  control: ControlProps;
  name: string;
  options: readonly { key: string; label: string }[];
  /** Keys of what is chosen. */
  chosen: readonly string[];
  onChosen: (keys: string[]) => void;
}

/** One of several; what isn’t required can be taken back. */
export function OneOf({ control, name, options, chosen, onChosen, clearable }: ChoiceProps & { clearable: boolean }) {
  return (
    <div className="grid gap-1.5" role="radiogroup" aria-label={name} aria-describedby={control['aria-describedby']}>
      {options.map(({ key, label }) => (
        <label key={key} className={row}>
          <input
            type="radio"
            name={control.id}
            value={key}
            checked={chosen.includes(key)}
            onChange={() => onChosen([key])}
            aria-invalid={control['aria-invalid']}
            className={mark}
          />
          <span className="min-w-0 wrap-anywhere">{label}</span>
        </label>
      ))}
      {clearable && chosen.length > 0 && (
        <button
          type="button"
          onClick={() => onChosen([])}
          className="min-h-8 justify-self-start text-xs text-ink-soft underline underline-offset-4 hover:text-ink"
        >
          Take back the choice
        </button>
      )}
    </div>
  );
}

export function SomeOf({ control, options, chosen, onChosen }: ChoiceProps) {
  const flip = (key: string) =>
    onChosen(options.map((each) => each.key).filter((each) => chosen.includes(each) !== (each === key)));
  return (
    <div className="grid gap-1.5">
      {options.map(({ key, label }) => (
        <label key={key} className={row}>
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={() => flip(key)}
            aria-invalid={control['aria-invalid']}
            aria-describedby={control['aria-describedby']}
            className={mark}
          />
          <span className="min-w-0 wrap-anywhere">{label}</span>
        </label>
      ))}
    </div>
  );
}

interface ConsentProps {
  label: string;
  help: string;
  error: string | undefined;
  given: boolean;
  onGiven: (given: boolean) => void;
  note: string;
}

/** Its text is the label of its box, and may be long. */
export function Consent({ label, help, error, given, onGiven, note }: ConsentProps) {
  return (
    <div className="min-w-0">
      <label className={cn(row, 'items-start', error && 'border-danger')}>
        <input
          type="checkbox"
          checked={given}
          onChange={(event) => onGiven(event.target.checked)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || help ? note : undefined}
          className={cn(mark, 'mt-0.5')}
        />
        <span className="min-w-0 text-pretty wrap-anywhere">{label}</span>
      </label>
      {(error || help) && (
        <p
          id={note}
          role={error ? 'alert' : undefined}
          className={cn('mt-1 text-xs text-pretty', error ? 'text-danger' : 'text-ink-faint')}
        >
          {error || help}
        </p>
      )}
    </div>
  );
}
