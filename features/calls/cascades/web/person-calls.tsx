import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { CallLog } from './call-log.tsx';
import { CallPanel } from './call-panel.tsx';
import { callLogQuery } from './call-queries.ts';

/** Everything that somebody was called for, the newest first. */
export function PersonCalls({ resourceId, name }: { resourceId: string; name: string }) {
  const org = useOrg();
  const list = useInfiniteQuery(callLogQuery(org.slug, { resourceId }));
  const [callId, setCallId] = useState<string | null>(null);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending) return <SkeletonRows rows={4} />;
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <div className="max-w-3xl">
      {rows.length === 0 ? (
        <p className="text-sm text-ink-soft">{name} has not been called for anything yet.</p>
      ) : (
        <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
          <CallLog
            calls={rows}
            onCall={setCallId}
            subject={({ engagementTitle, needTitle }) => `${needTitle}, ${engagementTitle}`}
          />
        </div>
      )}
      <LoadMore {...list} />
      <CallPanel id={callId} onClose={() => setCallId(null)} />
    </div>
  );
}
