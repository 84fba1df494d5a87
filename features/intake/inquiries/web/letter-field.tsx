import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';

interface LetterFieldProps {
  /** Where it goes; null: there is nowhere. */
  email: string | null;
  /** Null: nothing is sent. */
  value: string | null;
  /** To begin with. */
  words: string;
  onValue: (value: string | null) => void;
}

/** The mail that goes with a decision, in the decider’s words, or none. */
export function LetterField({ email, value, words, onValue }: LetterFieldProps) {
  if (email === null) {
    return <p className="text-sm text-ink-soft">There is no e-mail address: tell them by telephone.</p>;
  }
  return (
    <div className="grid gap-2">
      <label className="flex min-h-8 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={value !== null}
          onChange={({ target }) => onValue(target.checked ? words : null)}
        />
        <span className="min-w-0 break-words">Tell {email} by mail</span>
      </label>
      {value !== null && (
        <FieldFrame label="What the mail says" hint="A greeting goes before it, and the link to their page behind it.">
          {(control) => (
            <Textarea
              {...control}
              maxLength={5_000}
              value={value}
              onChange={({ target }) => onValue(target.value)}
              className="min-h-28"
            />
          )}
        </FieldFrame>
      )}
    </div>
  );
}
