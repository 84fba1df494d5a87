import { cn } from '#platform/ui/class-names.ts';
import { CardList } from '#platform/ui/table.tsx';
import type { Task } from '../contract.ts';
import { TaskRow } from './task-row.tsx';
import { Tick } from './tick.tsx';

interface TaskGroupProps {
  title: string;
  late: boolean;
  tasks: readonly Task[];
  /** Null while nothing is being chosen. */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onOpen: (task: Task) => void;
}

/** Tasks that are due equally soon. */
export function TaskGroup({ title, late, tasks, chosen, onChoose, onOpen }: TaskGroupProps) {
  const choose = (ids: readonly string[], wanted: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (wanted) next.add(id);
      else next.delete(id);
    }
    onChoose(next);
  };
  const ids = tasks.map(({ id }) => id);
  return (
    <section aria-label={title} className="min-w-0">
      <div className="mb-1.5 flex min-h-8 items-center gap-1">
        {chosen && (
          <Tick
            checked={ids.every((id) => chosen.has(id))}
            label={`Choose all under ${title}`}
            onChange={(wanted) => choose(ids, wanted)}
          />
        )}
        <h2 className={cn('text-sm font-semibold', late && 'text-danger')}>
          {title} <span className="font-normal text-ink-faint tabular-nums">{tasks.length}</span>
        </h2>
      </div>
      <CardList label={title}>
        {tasks.map((task) => (
          <li key={task.id} className="hover:bg-hover/50">
            <TaskRow
              task={task}
              withEngagement
              onOpen={() => onOpen(task)}
              before={
                chosen && (
                  <Tick
                    checked={chosen.has(task.id)}
                    label={`Choose ${task.title}`}
                    onChange={(wanted) => choose([task.id], wanted)}
                  />
                )
              }
            />
          </li>
        ))}
      </CardList>
    </section>
  );
}
