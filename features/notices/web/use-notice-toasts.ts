import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { noticesQuery } from './notice-queries.ts';

/** Says at once when one of the member's holds moved up, was challenged or released; older notices wait under the bell. */
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
      if (!before.has(id)) toast({ tone: kind === 'promoted' ? 'good' : 'danger', title: message });
    }
  }, [data, toast]);
}
