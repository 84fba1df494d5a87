import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { peopleApi, peopleTables } from './people-queries.ts';

/** Puts everybody who is held, booked or seated onto the roster. */
export function useAddBooked(engagementId: string) {
  const org = useOrg();
  const toast = useToast();
  const add = useChange(org.slug, peopleTables, (id: string, call) =>
    peopleApi.addBooked({ org: org.slug, params: { id } }, call),
  );
  return {
    busy: add.isPending,
    run: () =>
      add.mutate(engagementId, {
        onSuccess: ({ added }) =>
          toast({
            tone: 'good',
            title: added === 0 ? 'Everybody held or seated is on it already' : `${countOfPeople(added)} added`,
          }),
        onError: (error) => toast({ tone: 'danger', title: 'Nobody was added', detail: errorText(error) }),
      }),
  };
}

export function countOfPeople(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}
