import { useQuery } from '@tanstack/react-query';
import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { SortableArea } from '#platform/ui/sortable.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { RosterEntry } from '../contract.ts';
import { isSure } from '../rules.ts';
import { GroupCard } from './group-card.tsx';
import { PeopleDialogs, type PeopleDialog } from './people-dialogs.tsx';
import { PeopleMenu } from './people-menu.tsx';
import { peopleQuery } from './people-queries.ts';
import { useAddBooked } from './use-add-booked.ts';
import { usePeopleOrder } from './use-people-order.ts';

/** Who is on it, group by group: as what, how sure, and how to reach them. */
export function PeopleTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(peopleQuery(org.slug, engagement.id));
  const [dialog, setDialog] = useState<PeopleDialog | null>(null);
  const items = data?.items ?? [];
  const order = usePeopleOrder(items);
  const booked = useAddBooked(engagement.id);
  const writes = org.can('people.write');
  const groups = (data?.groups ?? []).filter(
    ({ key }) => writes || order.items.some(({ groupKey }) => groupKey === key),
  );
  return (
    <Section
      title="Roster"
      className="max-w-4xl"
      description={items.length > 0 && org.can('people.read') ? summaryOf(items) : undefined}
      actions={
        data && (
          <div className="flex flex-wrap gap-2">
            {writes && items.length > 0 && (
              <Button size="sm" variant="primary" onClick={() => setDialog({ kind: 'add' })}>
                <Plus aria-hidden /> Add
              </Button>
            )}
            <PeopleMenu engagement={engagement} onDialog={setDialog} onBooked={booked.run} />
          </div>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={5} />}
      {data && items.length === 0 && (
        <EmptyState
          icon={UsersRound}
          title="Nobody on the roster yet"
          className="py-10"
          actions={
            writes && (
              <>
                <Button variant="primary" busy={booked.busy} onClick={booked.run}>
                  Everyone held or seated
                </Button>
                <Button onClick={() => setDialog({ kind: 'add' })}>
                  <Plus aria-hidden /> Add somebody
                </Button>
                <Button onClick={() => setDialog({ kind: 'copy' })}>Copy a roster…</Button>
              </>
            )
          }
        >
          {writes
            ? 'One list of everybody: in groups, with what they do, whether they are sure to be there and how to reach them.'
            : 'Who is on it stands here as soon as they are confirmed.'}
        </EmptyState>
      )}
      {items.length > 0 && (
        <SortableArea nameOf={order.nameOf} onDrop={order.drop}>
          <div className="grid grid-cols-1 gap-5">
            {groups.map(({ key, name }) => (
              <GroupCard
                key={key}
                label={`${key.toUpperCase()} · ${name}`}
                entries={order.items.filter(({ groupKey }) => groupKey === key)}
                zoneId={order.zoneOf(key)}
                onDialog={setDialog}
              />
            ))}
          </div>
        </SortableArea>
      )}
      {data && (
        <PeopleDialogs
          dialog={dialog}
          engagement={engagement}
          groups={data.groups}
          entries={items}
          onClose={() => setDialog(null)}
        />
      )}
    </Section>
  );
}

/** “12 people, 10 of them sure” */
function summaryOf(items: readonly RosterEntry[]): string {
  const there = items.filter(({ standing }) => standing !== 'replaced');
  const sure = there.filter(({ standing }) => isSure(standing)).length;
  const count = there.length === 1 ? '1 person' : `${there.length} people`;
  return sure === there.length ? `${count}, all sure` : `${count}, ${sure} of them sure`;
}
