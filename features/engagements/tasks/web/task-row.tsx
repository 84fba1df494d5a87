import { ListChecks, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task } from '../contract.ts';
import { DueBadge } from './due-badge.tsx';
import { Tick } from './tick.tsx';
import { useTicking } from './use-ticking.ts';

interface TaskRowProps {
  task: Task;
  onOpen: () => void;
  /** Before the tick: a handle, or a box to choose it by. */
  before?: ReactNode;
  /** Says which engagement it is for. */
  withEngagement?: boolean;
}

/** One task in a list: ticked in place, opened by its title. */
export function TaskRow({ task, onOpen, before, withEngagement }: TaskRowProps) {
  const org = useOrg();
  const ticking = useTicking(task);
  const ticked = task.steps.filter(({ doneAt }) => doneAt).length;
  return (
    <div className="flex min-h-11 items-start gap-1 py-0.5 pr-3 pl-1 sm:items-center">
      {before}
      <Tick
        round
        checked={ticking.done}
        label={`Done: ${task.title}`}
        disabled={!org.can('tasks.tick', 'own')}
        onChange={ticking.set}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-x-3 gap-y-0.5 py-2 sm:flex-row sm:items-center sm:py-1">
        <div className="min-w-0 flex-1">
          <button
            type="button"
            data-task
            onClick={onOpen}
            className={cn(
              'max-w-full rounded-sm text-left text-sm break-words underline-offset-4 hover:underline',
              ticking.done ? 'text-ink-faint line-through' : 'font-medium',
            )}
          >
            {task.title}
          </button>
          {withEngagement && task.engagementTitle && (
            <p className="truncate text-xs text-ink-faint" title={task.engagementTitle}>
              {task.engagementTitle}
            </p>
          )}
        </div>
        <div className="flex max-w-full flex-wrap items-center gap-x-3 gap-y-0.5 sm:shrink-0">
          {task.steps.length > 0 && (
            <span className="inline-flex items-center gap-1 text-xs text-ink-faint tabular-nums">
              <ListChecks aria-hidden className="size-3.5" />
              <span className="sr-only">Steps done: </span>
              {ticked}/{task.steps.length}
            </span>
          )}
          {task.assigneeName && (
            <span className="inline-flex max-w-40 items-center gap-1 text-xs text-ink-soft" title={task.assigneeName}>
              <UserRound aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">{task.assigneeName}</span>
            </span>
          )}
          <span className="sm:flex sm:min-w-24 sm:justify-end">
            <DueBadge task={task} />
          </span>
        </div>
      </div>
    </div>
  );
}
