import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { messaging } from '../contract.ts';
import type { OutboxSearch } from './outbox-search.ts';

export const messagingApi = createClient(messaging);

/** Messages are nobody's history, so live updates don't name their table: what waits is asked for so often. */
const outboxPause = 3_000;

export const outboxQuery = (org: string, { q, state, kind }: OutboxSearch) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'messages', 'list', { q, state, kind }),
    queryFn: ({ pageParam, signal }) =>
      messagingApi.list(
        {
          org,
          query: { q, kind, ...(state && { state: [state] }), limit: 50, ...(pageParam && { after: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: outboxPause,
  });

export const messageQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: orgKey(org, 'messages', id),
    queryFn: ({ signal }) => messagingApi.get({ org, params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? outboxPause : false),
  });

export const templatesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'message_templates'),
    queryFn: ({ signal }) => messagingApi.listTemplates({ org }, { signal }),
  });

export const senderQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'organisations', 'sender'),
    queryFn: ({ signal }) => messagingApi.getSender({ org }, { signal }),
    meta: { alsoOn: ['bounce_hooks'] },
  });

export const suppressedQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'suppressed_addresses'),
    queryFn: ({ signal }) => messagingApi.listSuppressed({ org }, { signal }),
  });
