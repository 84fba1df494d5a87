import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { tasks } from '../contract.ts';

export const tasksApi = createClient(tasks);

/** Tables that a change of a task touches. */
export const taskTables = ['tasks', 'task_steps'];

/** Rows carry the names of their engagement and of whoever does them. */
const meta = { alsoOn: ['task_steps', 'engagements', 'resources', 'memberships'] };

/** All tasks of an engagement, in their order. */
export const engagementTasksQuery = (org: string, engagementId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'tasks', 'engagement', engagementId),
    queryFn: ({ signal }) => tasksApi.ofEngagement({ org, params: { id: engagementId } }, { signal }),
    meta,
  });

export type TaskFilter = Omit<RouteRequest<typeof tasks.routes.list>['query'], 'after'>;

/** Tasks of everything, those due first in front. */
export const taskListQuery = (org: string, filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'tasks', 'list', filter),
    queryFn: ({ signal, pageParam }) =>
      tasksApi.list({ org, query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta,
  });

/** The lists that tasks are made from. */
export const taskTemplatesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'task_templates'),
    queryFn: ({ signal }) => tasksApi.listTemplates({ org }, { signal }),
    meta: { alsoOn: ['organisations'] },
  });
