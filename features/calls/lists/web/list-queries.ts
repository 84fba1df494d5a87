import { queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { lists } from '../contract.ts';
import type { ListGroup } from '../list-rules.ts';

export const listsApi = createClient(lists);

/** Tables that drawing up, ordering and approving lists touches. */
export const listTables = ['ranked_lists', 'ranked_entries'];

const meta = { alsoOn: ['ranked_entries', 'resources'] };

/** Every skill that has lists, and the lists. */
export const groupsQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'ranked_lists', 'groups'),
    queryFn: ({ signal }) => listsApi.list({ org }, { signal }),
    meta,
  });

/** Who stands on lists of a skill, by name. */
export const groupPeopleQuery = (org: string, { skill, kind }: ListGroup) =>
  queryOptions({
    queryKey: orgKey(org, 'ranked_lists', 'people', skill, kind),
    queryFn: ({ signal }) => listsApi.people({ org, query: { skill, kind } }, { signal }),
    meta,
  });

/** A list with its people in order. */
export const listQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'ranked_lists', 'one', id),
    queryFn: ({ signal }) => listsApi.get({ org, params: { id } }, { signal }),
    meta: { alsoOn: [...meta.alsoOn, 'resource_skills'] },
  });

/** On which lists somebody stands. */
export const personListsQuery = (org: string, resourceId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'ranked_lists', 'person', resourceId),
    queryFn: ({ signal }) => listsApi.ofPerson({ org, params: { id: resourceId } }, { signal }),
    meta,
  });
