import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task } from '../contract.ts';
import { taskTables, tasksApi } from './task-queries.ts';

/** Whether a task is done, at once as it is ticked, and a way to tick it. */
export function useTicking(task: Task): { done: boolean; set: (done: boolean) => void } {
  const org = useOrg();
  const toast = useToast();
  const tick = useChange(org.slug, taskTables, (done: boolean, call) =>
    tasksApi.setDone({ org: org.slug, params: { id: task.id }, body: { done } }, call),
  );
  return {
    done: tick.isPending ? tick.variables : task.doneAt !== null,
    set: (done) =>
      tick.mutate(done, {
        onError: (error) => toast({ tone: 'danger', title: 'It was not ticked', detail: errorText(error) }),
      }),
  };
}
