import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';

interface PasswordInputProps extends ControlProps {
  value: string;
  onValue: (value: string) => void;
  /** `new-password` lets the browser suggest one; `current-password` fills the kept one in. */
  autoComplete: 'new-password' | 'current-password';
  autoFocus?: boolean;
}

/** A password, hidden unless its button shows what was typed. */
export function PasswordInput({ value, onValue, ...control }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...control}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
        value={value}
        onChange={(event) => onValue(event.target.value)}
        className="h-10 pr-10"
      />
      <button
        type="button"
        aria-label={shown ? 'Hide the characters' : 'Show the characters'}
        title={shown ? 'Hide the characters' : 'Show the characters'}
        onClick={() => setShown(!shown)}
        className="absolute top-1 right-1 grid size-8 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </div>
  );
}

const enough = 12;
const grades = [
  { from: 20, words: 'Strong.', tone: 'bg-good' },
  { from: 16, words: 'Good. Longer is better still.', tone: 'bg-good' },
  { from: enough, words: 'Long enough. A word or two more make it strong.', tone: 'bg-hold' },
];

/** A password that is being chosen. Its length says how hard it is to guess. */
export function NewPasswordInput(props: Omit<PasswordInputProps, 'autoComplete'>) {
  const { length } = props.value;
  const grade = grades.findIndex(({ from }) => length >= from);
  const filled = length === 0 ? 0 : grade === -1 ? 1 : grades.length + 1 - grade;
  const tone = grades[grade]?.tone ?? 'bg-danger';
  const missing = enough - length;
  const words = grades[grade]?.words ?? `${missing} more ${missing === 1 ? 'character' : 'characters'} needed.`;
  return (
    <>
      <PasswordInput {...props} autoComplete="new-password" />
      <div aria-hidden className="mt-2 grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} className={cn('h-1 rounded-sm', step <= filled ? tone : 'bg-pressed')} />
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-soft">
        {length === 0 ? 'At least 12 characters. A few unrelated words are good.' : words}
      </p>
    </>
  );
}
