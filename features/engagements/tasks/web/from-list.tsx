import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { taskTables, tasksApi, taskTemplatesQuery } from './task-queries.ts';

/** Makes the tasks of a list; those that are there already stay as they are. */
export function FromList({ engagementId, pack }: { engagementId: string; pack: string }) {
  const org = useOrg();
  const toast = useToast();
  const { data } = useQuery(taskTemplatesQuery(org.slug));
  const apply = useChange(org.slug, taskTables, (key: string, call) =>
    tasksApi.applyTemplate({ org: org.slug, params: { id: engagementId }, body: { key } }, call),
  );
  const lists = (data?.items ?? []).filter((list) => list.pack === pack);
  const use = (key: string, name: string) =>
    apply.mutate(key, {
      onSuccess: ({ created }) =>
        toast({
          tone: 'good',
          title:
            created > 0
              ? `${created} ${created === 1 ? 'task' : 'tasks'} from “${name}”`
              : `Everything from “${name}” is here already`,
        }),
      onError: (error) => toast({ tone: 'danger', title: 'No task was made', detail: errorText(error) }),
    });
  return (
    <Menu
      trigger={
        <Button size="sm" busy={apply.isPending}>
          From a list <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuLabel>Add the tasks for a…</MenuLabel>
      {lists.map(({ key, name, items }) => (
        <MenuItem key={key} onSelect={() => use(key, name)}>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="text-xs text-ink-faint tabular-nums">{items.length}</span>
        </MenuItem>
      ))}
      {org.can('tasks.templates') && (
        <>
          <MenuSeparator />
          <MenuItem asChild>
            <Link to="/o/$org/settings/$part" params={{ org: org.slug, part: 'tasks' }}>
              Change the lists…
            </Link>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
