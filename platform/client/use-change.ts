import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiError } from './client.ts';
import { dependsOn } from './query-client.ts';

/** What a write hands on to the client. */
export interface ChangeCall {
  idempotencyKey: string;
}

/**
 * A write of an organisation. Afterwards, what shows the tables that it touches is asked for again: live
 * updates do the same for everybody else, and for us when they arrive later.
 *
 * A write whose answer was lost may have happened. Trying the same once more sends the same key, and so
 * gets the first answer instead of a second effect; hand `call` to the client for that.
 *
 * @param touches tables, as in `orgKey`
 * @example useChange(org.slug, ['parties'], (body: NewParty, call) => partiesApi.create({ org: org.slug, body }, call))
 */
export function useChange<Input, Output>(
  slug: string,
  touches: readonly string[],
  write: (input: Input, call: ChangeCall) => Promise<Output>,
): UseMutationResult<Output, Error, Input> {
  const queries = useQueryClient();
  const unanswered = useRef<{ input: string; key: string } | null>(null);
  return useMutation({
    mutationFn: async (input: Input) => {
      const written = JSON.stringify(input) ?? '';
      const before = unanswered.current;
      const key = before?.input === written ? before.key : crypto.randomUUID();
      unanswered.current = { input: written, key };
      const output = await write(input, { idempotencyKey: key });
      unanswered.current = null;
      return output;
    },
    onError: (error) => {
      // An answer below 500 says that nothing happened; only then is the key spent.
      if (error instanceof ApiError && error.status < 500) unanswered.current = null;
    },
    onSettled: () => {
      void queries.invalidateQueries({ predicate: dependsOn(slug, new Set(touches)) });
    },
  });
}
