import { useQuery } from '@tanstack/react-query';
import { ListTodo, Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Input } from '#platform/ui/input.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { placeAfter, SortableArea, SortableList, useSortableRow } from '#platform/ui/sortable.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrder } from '#features/engagements/web/use-order.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task } from '../contract.ts';
import { FromList } from './from-list.tsx';
import { engagementTasksQuery, taskTables, tasksApi } from './task-queries.ts';
import { TaskPanel, type OpenTask } from './task-panel.tsx';
import { TaskRow } from './task-row.tsx';

/** What is to be done for one engagement, in an order of one's own. */
export function TasksTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(engagementTasksQuery(org.slug, engagement.id));
  const [opened, setOpened] = useState<OpenTask | null>(null);
  const [openOnly, setOpenOnly] = useState(false);
  const rows = data?.items ?? [];
  const order = useOrder(rows, taskTables, tasksApi.move);
  const done = rows.filter(({ doneAt }) => doneAt).length;
  const shown = openOnly ? order.rows.filter(({ doneAt }) => !doneAt) : order.rows;
  const ids = shown.map(({ id }) => id);
  const writes = org.can('tasks.write');
  const span = { startsAt: engagement.startsAt, endsAt: engagement.endsAt, zone: engagement.zone ?? org.zone };
  return (
    <Section
      title="Tasks"
      description={rows.length > 0 ? `${done} of ${rows.length} done` : undefined}
      actions={
        <div className="flex flex-wrap gap-2">
          {done > 0 && (
            <Button
              size="sm"
              variant="ghost"
              aria-pressed={openOnly}
              onClick={() => setOpenOnly(!openOnly)}
              className="aria-pressed:bg-accent-soft aria-pressed:text-on-accent-soft"
            >
              Open only
            </Button>
          )}
          {writes && <FromList engagementId={engagement.id} pack={engagement.pack} />}
          {writes && (
            <Button size="sm" variant="primary" onClick={() => setOpened({ task: null })}>
              <Plus aria-hidden /> New task
            </Button>
          )}
        </div>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={5} />}
      {data && rows.length === 0 && (
        <EmptyState icon={ListTodo} title="Nothing to do yet" className="py-10">
          {writes
            ? `Start from a list of what such ${org.words.engagement.many} usually need, or write down the first thing below.`
            : 'What is assigned to you stands here.'}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <SortableArea
          nameOf={(id) => rows.find((row) => row.id === id)?.title ?? 'The task'}
          onDrop={(id, over) => order.move(id, { after: placeAfter(ids, id, over) })}
        >
          <SortableList ids={ids}>
            <CardList label="Tasks">
              {shown.map((row) => (
                <SortableTask key={row.id} task={row} movable={writes} onOpen={() => setOpened({ task: row })} />
              ))}
            </CardList>
          </SortableList>
        </SortableArea>
      )}
      {writes && data && <QuickAdd engagementId={engagement.id} />}
      <TaskPanel open={opened} engagementId={engagement.id} span={span} onClose={() => setOpened(null)} />
    </Section>
  );
}

function SortableTask({ task, movable, onOpen }: { task: Task; movable: boolean; onOpen: () => void }) {
  const sortable = useSortableRow(task.id, `Move ${task.title}`, !movable);
  return (
    <li
      ref={sortable.ref}
      style={sortable.style}
      className={sortable.dragging ? 'relative z-10 bg-raised shadow-float' : 'hover:bg-hover/50'}
    >
      <TaskRow
        task={task}
        onOpen={onOpen}
        before={movable && <span className="pt-1 sm:pt-0">{sortable.handle}</span>}
      />
    </li>
  );
}

/** One line after the other, without leaving the keyboard. */
function QuickAdd({ engagementId }: { engagementId: string }) {
  const org = useOrg();
  const toast = useToast();
  const [title, setTitle] = useState('');
  const create = useChange(org.slug, taskTables, (wanted: string, call) =>
    tasksApi.create({ org: org.slug, body: { engagementId, title: wanted } }, call),
  );
  return (
    <form
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = title.trim();
        if (!wanted) return;
        setTitle('');
        create.mutate(wanted, {
          onError: (failure) => {
            setTitle(wanted);
            toast({ tone: 'danger', title: 'The task was not added', detail: errorText(failure) });
          },
        });
      }}
    >
      <Input
        aria-label="Add a task"
        placeholder="Add a task, then press Enter"
        maxLength={300}
        value={title}
        onChange={({ target }) => setTitle(target.value)}
        className="h-10"
      />
    </form>
  );
}
