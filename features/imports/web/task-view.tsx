import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Progress } from '#platform/ui/progress.tsx';
import { ApiError } from '#platform/client/client.ts';
import type { ImportTask } from '../contract.ts';
import { importTaskQuery } from './import-queries.ts';

interface TaskViewProps {
  org: string;
  taskId: string;
  /** What is imported, as a sentence's subject: “New York Philharmonic 2024-25”. */
  label: string;
  children: (done: ImportTask) => ReactNode;
}

/** An import on its way, then its report, or why it failed. */
export function TaskView({ org, taskId, label, children }: TaskViewProps) {
  const queries = useQueryClient();
  const { data: task, error, refetch } = useQuery(importTaskQuery(org, taskId));
  const finished = task?.status === 'done';
  const refreshAll = useEffectEvent(
    () =>
      void queries.invalidateQueries({
        queryKey: ['org', org],
        predicate: ({ queryKey }) => queryKey[2] !== 'import_tasks',
      }),
  );
  useEffect(() => {
    if (finished) refreshAll();
  }, [finished]);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (task?.status === 'failed') {
    return (
      <ErrorNotice error={new ApiError(422, { code: 'import_failed', detail: task.message ?? 'The import failed.' })}>
        <p className="mt-1">
          Nothing of this run was kept halfway. Mend the cause and start it again; what is there already is not doubled.
        </p>
      </ErrorNotice>
    );
  }
  if (!task || task.status === 'running') {
    return (
      <div aria-live="polite">
        <Progress label={task?.message ?? `Importing ${label}`} done={task?.done ?? 0} total={task?.total ?? 0} />
        <p className="mt-2 text-xs text-ink-faint">It goes on if you leave this page.</p>
      </div>
    );
  }
  return (
    <div>
      <p role="status" className="mb-4 flex items-center gap-2 text-sm font-medium">
        <CircleCheck aria-hidden className="size-4 text-good" /> {label} is imported.
      </p>
      {children(task)}
    </div>
  );
}
