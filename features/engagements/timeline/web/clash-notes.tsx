import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { RouteInput } from '#platform/contract/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { orgKey } from '#platform/client/query-client.ts';
import { useSettled } from '#platform/ui/use-settled.ts';
import type { timeline } from '../contract.ts';
import { clashTables, timelineApi } from './timeline-queries.ts';

export type DraftItem = RouteInput<(typeof timeline)['routes']['check']>['body']['items'][number];

/** What doesn’t fit, line by line. It stops nobody. */
export function ClashNotes({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-on-hold-soft">
      {[...new Set(messages)].map((message) => (
        <li key={message} className="flex items-start gap-1.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span className="min-w-0 text-pretty break-words">{message}</span>
        </li>
      ))}
    </ul>
  );
}

/** What wouldn’t fit, asked while somebody is still deciding. */
export function DraftClashes({ engagementId, items }: { engagementId: string; items: readonly DraftItem[] }) {
  const org = useOrg();
  const asked = useSettled(JSON.stringify(items), 300);
  const { data } = useQuery({
    queryKey: orgKey(org.slug, 'schedule_items', 'check', engagementId, asked),
    queryFn: ({ signal }) =>
      timelineApi.check(
        { org: org.slug, params: { id: engagementId }, body: { items: JSON.parse(asked) } },
        { signal },
      ),
    enabled: items.length > 0 && asked !== '[]' && org.can('timeline.write'),
    placeholderData: keepPreviousData,
    // A draft that isn’t whole yet is no news.
    retry: false,
    gcTime: 10_000,
    meta: { alsoOn: clashTables },
  });
  const messages = items.length > 0 ? (data?.items ?? []).map(({ message }) => message) : [];
  if (messages.length === 0) return null;
  return (
    <div role="status" className="rounded-md bg-hold-soft px-3 py-2 text-sm">
      <ClashNotes messages={messages} />
    </div>
  );
}
