import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { NoticeKind } from '../kinds.ts';
import { noticesQuery } from './notice-queries.ts';

const goodNews: ReadonlySet<NoticeKind> = new Set(['promoted', 'calls_filled', 'call_asked']);

/** Says at once what became of the member's holds and calls; older notices wait under the bell. */
export function useNoticeToasts(): void {
  const org = useOrg();
  const toast = useToast();
  const { data } = useQuery({ ...noticesQuery(org.slug), enabled: org.can('notices.own') });
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!data) return;
    const before = known.current;
    known.current = new Set(data.items.map(({ id }) => id));
    if (!before) return;
    for (const { id, kind, message } of data.items) {
      if (!before.has(id)) toast({ tone: goodNews.has(kind) ? 'good' : 'danger', title: message });
    }
  }, [data, toast]);
}
