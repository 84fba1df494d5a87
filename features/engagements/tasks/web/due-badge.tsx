import { AlarmClock, CalendarDays } from 'lucide-react';
import { useNow } from '#platform/ui/use-now.ts';
import { cn } from '#platform/ui/class-names.ts';
import { formatDate, formatTime } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task } from '../contract.ts';
import { groupOf, relativeWords } from '../rules.ts';

/** When it is due, loud once it is late. */
export function DueBadge({ task }: { task: Task }) {
  const org = useOrg();
  const now = useNow();
  if (!task.dueAt || !task.dueOn) return null;
  const late = task.doneAt === null && groupOf(task, now, org.zone) === 'overdue';
  const Icon = late ? AlarmClock : CalendarDays;
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1 text-xs whitespace-nowrap tabular-nums',
        late ? 'font-medium text-danger' : 'text-ink-faint',
      )}
      title={
        task.dueAnchor && task.dueDays !== null
          ? relativeWords(task.dueAnchor, task.dueDays, org.words.engagement.one)
          : undefined
      }
    >
      <Icon aria-hidden className="size-3.5" />
      {late && <span className="sr-only">Late: </span>}
      {dueText(task)}
    </span>
  );
}

/** “Tue 3 Mar”, with its time when it has one. */
export function dueText({ dueAt, dueOn, dueMinute, zone }: Task): string {
  if (!dueAt || !dueOn) return 'No date';
  if (dueMinute === null) return formatDate(dueOn, 'day');
  return `${formatTime(dueAt, zone, 'day')}, ${formatTime(dueAt, zone)}`;
}
