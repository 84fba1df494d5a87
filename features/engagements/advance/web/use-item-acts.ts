import { useQueryClient } from '@tanstack/react-query';
import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceItem } from '../contract.ts';
import type { Mark } from '../rules.ts';
import { advanceApi, advanceQuery, advanceTables } from './advance-queries.ts';
import type { Given } from './use-answering.ts';

/** What somebody here does with one item; what comes back is shown before it is asked for again. */
export function useItemActs({ id, engagementId, version }: Pick<AdvanceItem, 'id' | 'engagementId' | 'version'>) {
  const org = useOrg();
  const toast = useToast();
  const queries = useQueryClient();
  const at = { org: org.slug, params: { id } };
  const show = (item: AdvanceItem) => {
    queries.setQueryData(advanceQuery(org.slug, engagementId).queryKey, (now) =>
      now ? { ...now, items: now.items.map((each) => (each.id === item.id ? item : each)) } : now,
    );
    return item;
  };
  const answer = useChange(org.slug, advanceTables, (given: Given & { fileId?: string | null }, call) =>
    advanceApi.answer({ ...at, body: given }, call).then(show),
  );
  const mark = useChange(org.slug, advanceTables, (what: Mark, call) =>
    advanceApi.mark({ ...at, body: { version, mark: what } }, call).then(show),
  );
  const comment = useChange(org.slug, advanceTables, (said: { body: string; internal: boolean }, call) =>
    advanceApi.comment({ ...at, body: said }, call).then(show),
  );
  return {
    answer: answer.mutateAsync,
    comment: comment.mutateAsync,
    marking: mark.isPending,
    mark: (what: Mark) =>
      mark.mutate(what, {
        onError: (error) => toast({ tone: 'danger', title: 'It stays as it was', detail: errorText(error) }),
      }),
  };
}
