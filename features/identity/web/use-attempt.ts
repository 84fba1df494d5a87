import { useState } from 'react';

/** A button's work that can fail and be tried again. @returns `run`, whether it runs, and why it failed last */
export function useAttempt<Input = void>(work: (input: Input) => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (input: Input) => {
    setBusy(true);
    setError(null);
    try {
      await work(input);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { run: (input: Input) => void attempt(input), busy, error };
}
