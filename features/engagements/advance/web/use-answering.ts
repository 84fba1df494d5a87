import { useEffect, useRef, useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { answerFault, type AnswerKind } from '../rules.ts';

/** What is being answered, as it was last read. */
export interface Answerable {
  kind: AnswerKind;
  choices: readonly string[];
  answer: string;
  version: number;
}

export interface Given {
  answer: string;
  version: number;
}

interface Draft extends Given {
  /** What the server is known to hold of it. */
  kept: string;
}

export interface Clash {
  yours: string;
  theirs: string;
  version: number;
}

/** After typing has rested for so long, in ms, an answer is saved without leaving the box. */
const rest = 1_200;

/**
 * An answer that saves itself: at rest, on leaving the box, at once for a choice. What others write meanwhile never
 * overwrites what is being written here, nor the other way round: a clash shows both.
 *
 * @param save resolves with the item as it is then; whoever shows it must have it before
 */
export function useAnswering(item: Answerable, save: (given: Given) => Promise<{ answer: string; version: number }>) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const [saved, setSaved] = useState(false);
  const focused = useRef(false);
  const latest = useRef<Draft | null>(null);
  latest.current = draft;

  const send = async (given: Draft) => {
    setBusy(true);
    try {
      const done = await save({ answer: given.answer, version: given.version });
      setClash(null);
      setProblem(null);
      setSaved(true);
      const now = latest.current;
      const more = now !== null && now.answer !== given.answer;
      setDraft(now && (more || focused.current) ? { ...now, version: done.version, kept: given.answer } : null);
    } catch (error) {
      const both = clashOf(error);
      if (both) setClash(both);
      else setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  const trySaving = (given = latest.current) => {
    if (!given || busy || clash) return;
    if (given.answer.trim() === given.kept.trim()) {
      setProblem(null);
      if (!focused.current) setDraft(null);
      return;
    }
    const fault = answerFault(item, given.answer.trim());
    setProblem(fault);
    if (!fault) void send(given);
  };

  // The newest closure, for the timer.
  const atRest = useRef(trySaving);
  atRest.current = trySaving;
  useEffect(() => {
    if (!draft || busy || draft.answer.trim() === draft.kept.trim()) return;
    const timer = setTimeout(() => atRest.current(), rest);
    return () => clearTimeout(timer);
  }, [draft, busy]);

  const next = (answer: string): Draft => ({
    answer,
    version: latest.current?.version ?? item.version,
    kept: latest.current?.kept ?? item.answer,
  });
  return {
    value: draft?.answer ?? item.answer,
    busy,
    problem,
    clash,
    saved: saved && !busy && problem === null && (!draft || draft.answer === draft.kept),
    type: (answer: string) => {
      setSaved(false);
      setProblem(null);
      setDraft(next(answer));
    },
    /** For what is chosen with one click. */
    choose: (answer: string) => {
      setSaved(false);
      const given = next(answer);
      setDraft(given);
      trySaving(given);
    },
    onFocus: () => void (focused.current = true),
    onBlur: () => {
      focused.current = false;
      trySaving();
    },
    /** Ends a clash. */
    decide: (mine: boolean) => {
      if (!clash) return;
      const given = { answer: clash.yours, version: clash.version, kept: clash.theirs };
      setClash(null);
      setDraft(mine ? given : null);
      if (mine) void send(given);
    },
  };
}

export type Answering = ReturnType<typeof useAnswering>;

function clashOf(error: unknown): Clash | null {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return null;
  const { version, conflicts } = error.problem;
  if (typeof version !== 'number' || typeof conflicts !== 'object' || conflicts === null) return null;
  if (!('answer' in conflicts)) return null;
  const { answer } = conflicts;
  if (typeof answer !== 'object' || answer === null || !('yours' in answer) || !('theirs' in answer)) return null;
  return { yours: String(answer.yours), theirs: String(answer.theirs), version };
}
