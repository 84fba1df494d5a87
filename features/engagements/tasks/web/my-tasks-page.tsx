import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ListTodo, Plus } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useNow } from '#platform/ui/use-now.ts';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task } from '../contract.ts';
import { dueGroups, groupOf, type DueGroup } from '../rules.ts';
import { ChosenBar } from './chosen-bar.tsx';
import { readMyTasksSearch, type MyTasksSearch } from './my-tasks-search.ts';
import { TaskGroup } from './task-group.tsx';
import { TaskPanel, type OpenTask } from './task-panel.tsx';
import { taskListQuery } from './task-queries.ts';

/** One's own tasks over all work, by how soon they are due; for those who assign, everybody's. */
export function MyTasksPage() {
  const org = useOrg();
  const search = useSearch({ strict: false, select: (raw) => readMyTasksSearch(raw) });
  const navigate = useNavigate();
  const now = useNow();
  const [opened, setOpened] = useState<OpenTask | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const q = useSettled(search.q);
  const list = useInfiniteQuery(
    taskListQuery(org.slug, {
      ...(q ? { q } : {}),
      whose: search.whose ?? 'mine',
      state: search.done ? 'done' : 'open',
      limit: 200,
    }),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const writes = org.can('tasks.write');
  const narrow = (part: MyTasksSearch) =>
    void navigate({ to: '/o/$org/tasks', params: { org: org.slug }, search: { ...search, ...part }, replace: true });
  const add = writes && (
    <Button variant="primary" onClick={() => setOpened({ task: null })}>
      <Plus aria-hidden /> New task
    </Button>
  );
  return (
    <>
      <PageHeader
        title={org.can('tasks.read') ? 'Tasks' : 'My tasks'}
        aside={list.data && list.data.pages[0]?.total.toLocaleString()}
        actions={
          <>
            {writes && rows.length > 0 && (
              <Button onClick={() => setChosen(chosen ? null : new Set())}>
                {chosen ? 'Stop choosing' : 'Choose'}
              </Button>
            )}
            {add}
          </>
        }
      >
        <SearchInput
          label="Search tasks"
          value={search.q ?? ''}
          onValue={(value) => narrow({ q: value || undefined })}
          className="w-full sm:w-64"
        />
        {org.can('tasks.read') && (
          <Segmented
            label="Whose"
            value={search.whose ?? 'mine'}
            onValue={(value) => narrow({ whose: value === 'mine' ? undefined : value })}
            options={[
              { value: 'mine', label: 'Mine' },
              { value: 'nobody', label: 'Nobody’s' },
              { value: 'all', label: 'Everybody’s' },
            ]}
          />
        )}
        <Segmented
          label="State"
          value={search.done ? 'done' : 'open'}
          onValue={(value) => narrow({ done: value === 'done' || undefined })}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'done', label: 'Done' },
          ]}
        />
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      <div className="grid gap-6 px-4 pb-10 sm:px-6" onKeyDown={walk}>
        {groupsOf(rows, now, org.zone).map(({ group, tasks }) => (
          <TaskGroup
            key={group}
            title={search.done ? doneWords[group] : groupWords[group]}
            late={group === 'overdue' && !search.done}
            tasks={tasks}
            chosen={chosen}
            onChoose={setChosen}
            onOpen={(task) => setOpened({ task })}
          />
        ))}
      </div>
      <LoadMore {...list} />
      {list.isSuccess && rows.length === 0 && <Nothing search={search} />}
      {chosen && chosen.size > 0 && <ChosenBar ids={[...chosen]} onDone={() => setChosen(null)} />}
      <TaskPanel open={opened} onClose={() => setOpened(null)} />
    </>
  );
}

const groupWords: Readonly<Record<DueGroup, string>> = {
  overdue: 'Late',
  today: 'Today',
  week: 'In the next seven days',
  later: 'Later',
  undated: 'Without a date',
};

/** Of what is done, nothing is late any more. */
const doneWords = { ...groupWords, overdue: 'Past' };

function groupsOf(rows: readonly Task[], now: string, zone: string): { group: DueGroup; tasks: Task[] }[] {
  const byGroup = Map.groupBy(rows, (row) => groupOf(row, now, zone));
  return dueGroups.flatMap((group) => {
    const tasks = byGroup.get(group);
    return tasks ? [{ group, tasks }] : [];
  });
}

/** Arrows walk from task to task. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-task]')];
  const row = event.target instanceof Element ? event.target.closest('li') : null;
  const at = all.findIndex((each) => row?.contains(each));
  const next = all[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function Nothing({ search }: { search: MyTasksSearch }) {
  const org = useOrg();
  if (search.q)
    return (
      <EmptyState icon={ListTodo} title="No task fits">
        Nothing is called “{search.q}” here. Search everybody’s, or what is done.
      </EmptyState>
    );
  if (search.done)
    return (
      <EmptyState icon={ListTodo} title="Nothing done yet">
        What you tick stands here, so that nobody does it twice.
      </EmptyState>
    );
  return (
    <EmptyState icon={ListTodo} title={search.whose ? 'Nothing is open' : 'Nothing waits for you'}>
      Tasks come from the lists of your {org.words.engagement.many}, or from whoever assigns you one.
    </EmptyState>
  );
}
