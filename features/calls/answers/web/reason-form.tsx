import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';

interface ReasonFormProps<R extends string> {
  title: string;
  hint: string;
  reasons: readonly { value: R; label: string }[];
  /** The verb. */
  action: string;
  tone?: 'primary' | 'danger';
  busy: boolean;
  onCancel: () => void;
  onSubmit: (reason: R, note: string) => void;
}

/** Why not, by a tap, and in one’s own words for who wants to. */
export function ReasonForm<R extends string>(props: ReasonFormProps<R>) {
  const { title, hint, reasons, action, tone = 'primary', busy, onCancel, onSubmit } = props;
  const [reason, setReason] = useState<R | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason) onSubmit(reason, note.trim());
        else setMissing(true);
      }}
      className="grid max-h-[70dvh] gap-3 overflow-y-auto p-0.5"
    >
      <fieldset aria-describedby={`${id}-hint`}>
        <legend className="text-base font-semibold">{title}</legend>
        <p id={`${id}-hint`} className="mb-1 text-sm text-ink-soft">
          {hint}
        </p>
        {reasons.map(({ value, label }, index) => (
          <label key={value} className="flex min-h-10 items-center gap-2.5 text-base">
            <input
              ref={index === 0 ? first : undefined}
              type="radio"
              name={id}
              checked={reason === value}
              onChange={() => {
                setReason(value);
                setMissing(false);
              }}
              className="size-5 shrink-0 accent-accent"
            />
            {label}
          </label>
        ))}
        {missing && (
          <p role="alert" className="text-sm text-danger">
            Choose what comes nearest.
          </p>
        )}
      </fieldset>
      <FieldFrame label="In your own words" optional>
        {(control) => (
          <Textarea {...control} value={note} maxLength={1_000} onChange={({ target }) => setNote(target.value)} />
        )}
      </FieldFrame>
      <div className="flex gap-2">
        <Button size="lg" className="h-11 flex-1" disabled={busy} onClick={onCancel}>
          Back
        </Button>
        <Button type="submit" size="lg" variant={tone} className="h-11 flex-1" busy={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
