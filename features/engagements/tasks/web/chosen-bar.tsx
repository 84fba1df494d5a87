import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { AssigneePicker, type Assignee } from './assignee-picker.tsx';
import { taskTables, tasksApi } from './task-queries.ts';

interface Many {
  ids: string[];
  done?: boolean;
  assignee?: Assignee;
}

/** What may be done with several tasks at once, above the page’s foot. */
export function ChosenBar({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const change = useChange(org.slug, taskTables, (body: Many, call) =>
    tasksApi.changeMany({ org: org.slug, body }, call),
  );
  const run = (body: Omit<Many, 'ids'>) =>
    change.mutate(
      { ids, ...body },
      {
        onSuccess: ({ changed }) => {
          toast({ tone: 'good', title: `${changed} ${changed === 1 ? 'task' : 'tasks'} changed` });
          onDone();
        },
        onError: (error) => toast({ tone: 'danger', title: 'Nothing was changed', detail: errorText(error) }),
      },
    );
  return (
    <div
      role="region"
      aria-label="Chosen tasks"
      className="sticky bottom-16 z-20 mx-4 mt-auto mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-raised p-2 shadow-float sm:mx-6 lg:bottom-3"
    >
      <span className="px-2 text-sm font-medium tabular-nums">{ids.length} chosen</span>
      <AssigneePicker
        aria-label="Assign them to"
        placeholder="Assign to…"
        value={{ userId: null, resourceId: null }}
        onValue={(assignee) => run({ assignee })}
        className="w-44 flex-1 sm:flex-none"
      />
      <Button variant="primary" busy={change.isPending} onClick={() => run({ done: true })}>
        Tick them
      </Button>
    </div>
  );
}
