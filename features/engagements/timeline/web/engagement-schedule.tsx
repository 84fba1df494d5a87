import { useQuery } from '@tanstack/react-query';
import { CalendarClock, CalendarRange, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Engagement } from '#features/engagements/contract.ts';
import { peopleQuery } from '#features/engagements/people/web/people-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatDate } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import type { RosterNames } from '../audience-words.ts';
import { dayOf } from '../day-rules.ts';
import { ScheduleDialogs } from './schedule-dialogs.tsx';
import { ScheduleItemRow, type ItemDialog } from './schedule-item-row.tsx';
import { clashesQuery, scheduleQuery } from './timeline-queries.ts';

const nobody: RosterNames = { groups: [], items: [] };

/** What happens when, day by day as people there count them. */
export function EngagementSchedule({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const schedule = useQuery(scheduleQuery(org.slug, engagement.id));
  const clashes = useQuery({ ...clashesQuery(org.slug, engagement.id), enabled: org.can('timeline.read') });
  const roster = useQuery({ ...peopleQuery(org.slug, engagement.id), enabled: org.can('people.read', 'own') });
  const [dialog, setDialog] = useState<ItemDialog | null>(null);
  const items = schedule.data ?? [];
  const days = [...Map.groupBy(items, dayOf)].toSorted(([a], [b]) => a.localeCompare(b));
  const add = org.can('timeline.write') && (
    <>
      <Button onClick={() => setDialog({ kind: 'template' })}>
        <CalendarRange aria-hidden /> A whole day…
      </Button>
      <Button variant="primary" onClick={() => setDialog({ kind: 'create' })}>
        <Plus aria-hidden /> Add
      </Button>
    </>
  );
  return (
    <div className="max-w-4xl">
      {schedule.isPending && <SkeletonRows rows={4} />}
      {schedule.error && <ErrorNotice error={schedule.error} onRetry={() => void schedule.refetch()} />}
      {schedule.isSuccess && items.length === 0 && (
        <EmptyState icon={CalendarClock} title="Nothing on the schedule yet" actions={add}>
          Add rehearsals, concerts or shifts, and what happens around them. Those that people play or work together get
          seats, which commit the time of whoever sits there.
        </EmptyState>
      )}
      {items.length > 0 && add && <div className="mb-3 flex justify-end gap-2">{add}</div>}
      <div className="grid grid-cols-1 gap-5">
        {days.map(([day, list]) => (
          <section key={day} aria-label={formatDate(day, 'longDay')}>
            <h2 className="mb-1.5 text-sm font-semibold">{formatDate(day, 'longDay')}</h2>
            <CardList label={formatDate(day, 'longDay')}>
              {list.map((item) => (
                <ScheduleItemRow
                  key={item.id}
                  item={item}
                  engagement={engagement}
                  roster={roster.data ?? nobody}
                  clashes={(clashes.data ?? [])
                    .filter(({ itemIds }) => itemIds.includes(item.id))
                    .map(({ message }) => message)}
                  onDialog={setDialog}
                />
              ))}
            </CardList>
          </section>
        ))}
      </div>
      <ScheduleDialogs
        dialog={dialog}
        engagement={engagement}
        items={items}
        roster={roster.data ?? nobody}
        onClose={() => setDialog(null)}
      />
    </div>
  );
}
