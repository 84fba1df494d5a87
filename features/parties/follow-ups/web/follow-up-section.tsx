import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { meQuery } from '#features/identity/web/session.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import type { FollowUp } from '../contract.ts';
import { FollowUpDialog, type About } from './follow-up-form.tsx';
import { FollowUpRow } from './follow-up-row.tsx';
import { followUpsQuery } from './follow-up-queries.ts';

/** When to get back to somebody, or to something. Done ones fold away. */
export function FollowUpSection({ about }: { about: About }) {
  const org = useOrg();
  const { data: me } = useQuery(meQuery);
  const [opened, setOpened] = useState<{ row: FollowUp | null } | null>(null);
  const [withDone, setWithDone] = useState(false);
  const filter = {
    partyId: about.partyId ?? undefined,
    engagementId: about.engagementId ?? undefined,
    inquiryId: about.inquiryId ?? undefined,
    state: withDone ? ('all' as const) : ('open' as const),
  };
  const list = useInfiniteQuery(followUpsQuery(org.slug, filter));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section
      title="Follow-ups"
      actions={
        org.can('follow_ups.write') && (
          <Button size="sm" onClick={() => setOpened({ row: null })}>
            <Plus aria-hidden /> Plan
          </Button>
        )
      }
    >
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <p className="text-sm text-ink-faint">Nothing is planned. You hear of one under the bell on its day.</p>
      )}
      {rows.length > 0 && (
        <CardList label="Follow-ups">
          {rows.map((row) => (
            <FollowUpRow key={row.id} row={row} within={about} onOpen={() => setOpened({ row })} />
          ))}
        </CardList>
      )}
      <LoadMore {...list} />
      <Button size="sm" variant="ghost" className="mt-2 -ml-2" onClick={() => setWithDone(!withDone)}>
        {withDone ? 'Hide what is done' : 'Show what is done'}
      </Button>
      <FollowUpDialog
        shown={opened?.row ?? null}
        about={about}
        asker={me?.user?.id ?? null}
        open={opened !== null}
        onClose={() => setOpened(null)}
      />
    </Section>
  );
}
