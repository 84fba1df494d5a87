import { useEffect, useState } from 'react';
import type { AnswerValue } from '../../field-rules.ts';

type Typed = Readonly<Record<string, unknown>>;

/** Days for which what was typed is kept on the device. */
const keptDays = 14;

interface KeptAnswers {
  answers: Typed;
  /** Something had been kept from before. */
  restored: boolean;
  set: (key: string, value: AnswerValue | undefined) => void;
  /** Forgets everything that was typed, here and on the device. */
  clear: () => void;
}

/**
 * What somebody types, kept on their device until it is sent: forms that lose what was written are not filled in twice.
 * Where a browser keeps nothing (frames of other sites, private windows) it lasts as long as the page.
 */
export function useKeptAnswers(org: string, slug: string): KeptAnswers {
  const place = `holdfast.form.${org}.${slug}`;
  const [kept] = useState(() => read(place));
  const [answers, setAnswers] = useState<Typed>(kept ?? {});
  useEffect(() => {
    if (Object.keys(answers).length > 0) write(place, { at: Date.now(), answers });
  }, [place, answers]);
  return {
    answers,
    restored: kept !== undefined,
    set: (key, value) =>
      setAnswers(({ [key]: _, ...rest }) => (value === undefined || value === '' ? rest : { ...rest, [key]: value })),
    clear: () => {
      write(place, undefined);
      setAnswers({});
    },
  };
}

function read(place: string): Typed | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('at' in kept) || !('answers' in kept)) return undefined;
    const { at, answers } = kept;
    const young = typeof at === 'number' && at > Date.now() - keptDays * 86_400_000;
    return young && typeof answers === 'object' && answers !== null ? { ...answers } : undefined;
  } catch {
    return undefined;
  }
}

function write(place: string, kept: { at: number; answers: Typed } | undefined): void {
  try {
    if (kept) localStorage.setItem(place, JSON.stringify(kept));
    else localStorage.removeItem(place);
  } catch {
    // Full, or forbidden: then it isn’t kept.
  }
}
