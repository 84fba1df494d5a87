import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useChange, type ChangeCall } from '#platform/client/use-change.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople } from '../contract.ts';
import { listQuery, listTables } from './list-queries.ts';

/**
 * A write to a list. Its answer is the list as it is now and is shown at once: whoever goes on from there, approving
 * for one, then sends the version that their own change has made.
 */
export function useListChange<Input>(
  listId: string,
  write: (input: Input, call: ChangeCall) => Promise<ListWithPeople>,
): UseMutationResult<ListWithPeople, Error, Input> {
  const org = useOrg();
  const queries = useQueryClient();
  return useChange(org.slug, listTables, async (input: Input, call) => {
    const list = await write(input, call);
    queries.setQueryData(listQuery(org.slug, listId).queryKey, list);
    return list;
  });
}
