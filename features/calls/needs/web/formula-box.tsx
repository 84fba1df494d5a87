import type { ReactNode } from 'react';
import type { FormulaError } from '#features/calls/instruments/formula-rules.ts';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';

interface FormulaBoxProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  error: FormulaError | null;
  /** When all is well: what it says. */
  summary: ReactNode;
  autoFocus?: boolean;
}

/** An instrumentation, read while it is typed. A mistake is shown at its place, with what would be right there. */
export function FormulaBox({ label, value, onValue, error, summary, autoFocus }: FormulaBoxProps) {
  return (
    <FieldFrame label={label} hint={error ? <Mistake text={value} error={error} /> : summary}>
      {(control) => (
        <Textarea
          {...control}
          // Not while nothing is written: an empty box is no mistake.
          aria-invalid={(error !== null && value.trim() !== '') || undefined}
          className="min-h-14 font-mono text-sm"
          rows={2}
          spellCheck={false}
          autoCapitalize="off"
          autoFocus={autoFocus}
          placeholder="3[1.2.3/pic] 2 2 2 - 4 2 3 1 - tmp+2 - hp - 14.12.10.8.6"
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </FieldFrame>
  );
}

function Mistake({ text, error: { at, message, hint } }: { text: string; error: FormulaError }) {
  if (text.trim() === '') return <>Winds first, then the rest, the strings last. {hint}</>;
  const [before, wrong, after] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
  return (
    <span role="status" className="block">
      <code className="block overflow-x-auto rounded-md bg-sunken px-2 py-1.5 text-sm whitespace-pre-wrap text-ink">
        {before}
        <mark className="rounded-sm bg-danger-soft px-0.5 text-on-danger-soft underline decoration-danger decoration-2 underline-offset-4">
          {/* At the end there is nothing to mark but the place. */}
          {wrong.trim() === '' ? '␣' : wrong}
        </mark>
        {after}
      </code>
      <span className="mt-1 block text-danger">
        Place {at + 1}: {message}
      </span>
      <span className="block text-ink-soft">{hint}</span>
    </span>
  );
}
