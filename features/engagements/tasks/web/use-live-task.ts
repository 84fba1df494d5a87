import { useQuery } from '@tanstack/react-query';
import { orgKey } from '#platform/client/query-client.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Task } from '../contract.ts';
import { tasksApi } from './task-queries.ts';

/** A task as it is now, while others tick along. */
export function useLiveTask(opened: Task): Task {
  const org = useOrg();
  const { data } = useQuery({
    queryKey: orgKey(org.slug, 'tasks', 'one', opened.id),
    queryFn: ({ signal }) => tasksApi.get({ org: org.slug, params: { id: opened.id } }, { signal }),
    initialData: opened,
    meta: { alsoOn: ['task_steps', 'resources'] },
  });
  return data;
}
