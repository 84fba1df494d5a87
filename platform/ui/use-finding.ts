import { useState, type ComponentProps } from 'react';
import type { Combobox } from './combobox.tsx';
import { useSettled } from './use-settled.ts';

/** What a picker of records takes: `value` is the id of one. */
export type PickerProps = Omit<
  ComponentProps<typeof Combobox>,
  'valueLabel' | 'options' | 'onQuery' | 'busy' | 'empty'
>;

/** Records that are found by what is typed: what to ask for, and what the box says. @param word “engagement” */
export function useFinding(word: string) {
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const box = {
    onQuery: setQuery,
    placeholder: `Choose a ${word}…`,
    empty: q ? `No ${word} is called “${q}”.` : `There is no ${word} yet.`,
  };
  return { q, box };
}
