import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { today } from '#platform/time/wall-clock.ts';
import { cn } from '#platform/ui/class-names.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import type { FollowUp } from '../contract.ts';
import { dayGroups, groupOf, type DayGroup } from '../rules.ts';
import { FollowUpDialog } from './follow-up-form.tsx';
import { FollowUpRow } from './follow-up-row.tsx';
import { followUpsQuery } from './follow-up-queries.ts';

const groupWords: Readonly<Record<DayGroup, string>> = {
  overdue: 'Overdue',
  today: 'Today',
  later: 'Later',
  done: 'Done',
};

/** Whom to get back to: what is late first. */
export function MyFollowUps({ whose }: { whose: 'mine' | 'all' }) {
  const org = useOrg();
  const [opened, setOpened] = useState<FollowUp | null>(null);
  const list = useInfiniteQuery(followUpsQuery(org.slug, { whose, limit: 100 }));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const day = today(org.zone);
  const byGroup = Map.groupBy(rows, (row) => groupOf(row, day));
  return (
    <div className="max-w-3xl px-4 pb-10 sm:px-6">
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      <div className="grid gap-6">
        {dayGroups.map((group) => {
          const its = byGroup.get(group);
          if (!its) return null;
          return (
            <section key={group} aria-labelledby={`follow-ups-${group}`}>
              <h2
                id={`follow-ups-${group}`}
                className={cn('mb-2 text-sm font-semibold', group === 'overdue' && 'text-danger')}
              >
                {groupWords[group]} <span className="font-normal text-ink-faint tabular-nums">{its.length}</span>
              </h2>
              <CardList label={groupWords[group]}>
                {its.map((row) => (
                  <FollowUpRow key={row.id} row={row} onOpen={() => setOpened(row)} />
                ))}
              </CardList>
            </section>
          );
        })}
      </div>
      <LoadMore {...list} />
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={CalendarClock} title={whose === 'mine' ? 'Nobody waits for you' : 'Nothing is planned'}>
          Plan a follow-up on the page of a {org.words.party.one} or {org.words.engagement.one}. On its day it is under
          the bell.
        </EmptyState>
      )}
      <FollowUpDialog shown={opened} about={{}} asker={null} open={opened !== null} onClose={() => setOpened(null)} />
    </div>
  );
}
