import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { dependsOn } from './query-client.ts';

/**
 * A write of an organisation. Afterwards, what shows the tables that it touches is asked for again: live
 * updates do the same for everybody else, and for us when they arrive later.
 *
 * @param touches tables, as in `orgKey`
 */
export function useChange<Input, Output>(
  slug: string,
  touches: readonly string[],
  write: (input: Input) => Promise<Output>,
): UseMutationResult<Output, Error, Input> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSettled: () => queries.invalidateQueries({ predicate: dependsOn(slug, new Set(touches)) }),
  });
}
