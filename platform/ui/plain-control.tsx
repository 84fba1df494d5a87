import type { Ref } from 'react';
import type { ControlProps } from './field-frame.tsx';
import type { FieldKind } from './field-kind.ts';
import { Input, Textarea } from './input.tsx';
import { Select } from './select.tsx';
import { WordsInput } from './words-input.tsx';

interface PlainControlProps extends ControlProps {
  kind: FieldKind;
  value: unknown;
  onValue: (value: unknown) => void;
  onBlur: () => void;
  inputRef: Ref<HTMLInputElement & HTMLTextAreaElement>;
  label: string;
  optionLabel?: (option: string) => string;
  autoFocus?: boolean;
}

const sentence = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The control that a field's schema asks for. */
export function PlainControl({
  kind,
  value,
  onValue,
  onBlur,
  inputRef,
  label,
  optionLabel = sentence,
  autoFocus,
  ...aria
}: PlainControlProps) {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const fromText = (entered: string) => onValue(entered === '' && kind.nullable ? null : entered);
  const shared = { ...aria, onBlur, ref: inputRef, autoFocus };
  switch (kind.control) {
    case 'text':
      return <Textarea {...shared} value={text} onChange={(event) => fromText(event.target.value)} />;
    case 'number':
      return (
        <Input
          {...shared}
          type="number"
          inputMode="decimal"
          step="any"
          min={kind.min}
          max={kind.max}
          value={text}
          onChange={(event) => onValue(event.target.value === '' ? null : Number(event.target.value))}
          className="tabular-nums"
        />
      );
    case 'choice':
      return (
        <Select
          {...aria}
          value={text || null}
          onValue={onValue}
          options={kind.options.map((option) => ({ value: option, label: optionLabel(option) }))}
        />
      );
    case 'switch':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onValue(event.target.checked)}
          className="size-4 accent-accent"
        />
      );
    case 'words':
      return (
        <WordsInput
          {...aria}
          aria-label={label}
          value={Array.isArray(value) ? value.map(String) : []}
          onValue={onValue}
        />
      );
    case 'line':
    case 'email':
    case 'other':
      return (
        <Input
          {...shared}
          type={kind.control === 'email' ? 'email' : 'text'}
          value={text}
          onChange={(event) => fromText(event.target.value)}
        />
      );
  }
}
