import { useQuery } from '@tanstack/react-query';
import { BedDouble, Plane, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { HotelList } from './hotel-card.tsx';
import { LegList } from './leg-list.tsx';
import { PerDiemList } from './per-diem-list.tsx';
import { TravelDialogs, type TravelDialog } from './travel-dialogs.tsx';
import { TravelMenu } from './travel-menu.tsx';
import { travelQuery, type EngagementTravel } from './travel-queries.ts';

/** How people of an engagement get there and back, where they sleep, and what they get for their days. */
export function TravelTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch, isPending } = useQuery(travelQuery(org.slug, engagement.id));
  const [dialog, setDialog] = useState<TravelDialog | null>(null);
  const writes = org.can('travel.write');
  const money = org.can('travel.money');
  const openLeg = (id: string) => setDialog({ kind: 'leg', id });
  return (
    <>
      <Section
        title="Travel"
        description={data ? summaryOf(data) : undefined}
        actions={
          <div className="flex flex-wrap gap-2">
            {writes && (
              <Button size="sm" variant="primary" onClick={() => setDialog({ kind: 'leg', id: null })}>
                <Plus aria-hidden /> Add leg
              </Button>
            )}
            {data && <TravelMenu engagement={engagement} onDialog={setDialog} />}
          </div>
        }
      >
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {isPending && <SkeletonRows rows={5} />}
        {data && <ConflictNotice travel={data} {...(writes && { onOpen: openLeg })} />}
        {data && data.legs.length === 0 && (
          <EmptyState icon={Plane} title="No travel is planned yet" className="py-10">
            {writes
              ? 'Add flights, drives, trains and ferries with who is on them. What doesn’t fit the schedule is pointed out.'
              : 'Once you are on a leg, it stands here.'}
          </EmptyState>
        )}
        {data && data.legs.length > 0 && (
          <LegList legs={data.legs} conflicts={data.conflicts} {...(writes && { onOpen: (leg) => openLeg(leg.id) })} />
        )}
      </Section>
      {data && (data.hotels.length > 0 || writes) && (
        <Section
          title="Hotels"
          actions={
            writes && (
              <Button size="sm" onClick={() => setDialog({ kind: 'hotel', id: null })}>
                <BedDouble aria-hidden /> Add hotel
              </Button>
            )
          }
        >
          {data.hotels.length === 0 && <p className="text-sm text-ink-faint">Nobody needs a bed yet.</p>}
          <HotelList
            hotels={data.hotels}
            people={data.people}
            {...(writes && {
              onEdit: ({ id }) => setDialog({ kind: 'hotel', id }),
              onAddRooms: ({ id }) => setDialog({ kind: 'rooms', id }),
            })}
          />
        </Section>
      )}
      {data && (data.perDiems.length > 0 || money) && (
        <Section
          title="Per diems"
          actions={
            money && (
              <Button size="sm" onClick={() => setDialog({ kind: 'per-diems' })}>
                <Plus aria-hidden /> Set per diems
              </Button>
            )
          }
        >
          {data.perDiems.length === 0 && <p className="text-sm text-ink-faint">None are set.</p>}
          {data.perDiems.length > 0 && <PerDiemList perDiems={data.perDiems} editable={money} />}
        </Section>
      )}
      {data && <TravelDialogs dialog={dialog} engagement={engagement} travel={data} onClose={() => setDialog(null)} />}
    </>
  );
}

/** “3 legs, 1 not confirmed; 2 hotels” */
function summaryOf({ legs, hotels }: EngagementTravel): string | undefined {
  if (legs.length === 0 && hotels.length === 0) return undefined;
  const count = (many: number, one: string) => `${many} ${many === 1 ? one : `${one}s`}`;
  const open = legs.filter(({ confirmed }) => !confirmed).length;
  return [
    legs.length > 0 && `${count(legs.length, 'leg')}${open > 0 ? `, ${open} not confirmed` : ''}`,
    hotels.length > 0 && count(hotels.length, 'hotel'),
  ]
    .filter(Boolean)
    .join('; ');
}
