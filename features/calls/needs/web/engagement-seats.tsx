import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Armchair, Music, Plus } from 'lucide-react';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useMediaQuery } from '#features/scheduling/claims/web/use-media-query.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import type { Need, SeatGrid } from '../contract.ts';
import { arrangeGrid } from '../grid-rules.ts';
import type { SeatsDialog } from './need-head.tsx';
import { seatGridQuery } from './needs-queries.ts';
import { SeatDetails } from './seat-details.tsx';
import { SeatGridTable } from './seat-grid.tsx';
import { SeatList } from './seat-list.tsx';
import { SeatRoster } from './seat-roster.tsx';
import { SeatsDialogs } from './seats-dialogs.tsx';
import { serviceText } from './service-head.tsx';

const views = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
] as const;

interface EngagementSeatsProps {
  engagement: Engagement;
  /** What else can be done about a need with open seats, such as calling for it. */
  renderNeedActions?: (need: Need) => ReactNode;
}

/** What is needed and who sits where; fills while one looks. */
export function EngagementSeats({ engagement, renderNeedActions }: EngagementSeatsProps) {
  const org = useOrg();
  const { data, error, isPending, refetch } = useQuery(seatGridQuery(org.slug, engagement.id));
  const [view, setView] = useState<'all' | 'open'>('all');
  const [dialog, setDialog] = useState<SeatsDialog | null>(null);
  const wide = useMediaQuery('(min-width: 40rem)');
  const seat = useOpenSeat();
  const grid = useMemo(() => data && arrangeGrid(data, view === 'open'), [data, view]);
  if (isPending) return <SkeletonRows />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || !grid) return null;
  const Shown = wide ? SeatGridTable : SeatList;
  return (
    <>
      {data.needs.length === 0 ? (
        <NothingNeeded engagement={engagement} services={data.services.length} onDialog={setDialog} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <HowFilled seats={grid.seats} open={grid.open} />
            {grid.seats > 0 && <Segmented label="Which needs" value={view} onValue={setView} options={views} />}
            <Actions engagementId={engagement.id} open={grid.open} onDialog={setDialog} />
          </div>
          {data.services.length === 0 && <NoServices engagement={engagement} />}
          {grid.needs.length > 0 ? (
            <Shown grid={grid} renderNeedActions={renderNeedActions} onDialog={setDialog} onSeat={seat.open} />
          ) : (
            <EmptyState icon={Armchair} title="Every seat is filled">
              Nobody is missing at any service.
            </EmptyState>
          )}
        </>
      )}
      <SeatWindow seat={seat} grid={data} wide={wide} />
      <SeatsDialogs dialog={dialog} engagementId={engagement.id} grid={data} onClose={() => setDialog(null)} />
    </>
  );
}

function HowFilled({ seats, open }: { seats: number; open: number }) {
  const how = 'min-w-0 flex-1 basis-40 text-sm';
  if (seats === 0) return <p className={how}>No seats yet</p>;
  return (
    <p className={how} aria-live="polite">
      <span className="font-medium tabular-nums">
        {seats - open} of {seats}
      </span>{' '}
      seats filled{open > 0 && <span className="text-on-hold-soft">, {open} open</span>}
    </p>
  );
}

function Actions({
  engagementId,
  open,
  onDialog,
}: {
  engagementId: string;
  open: number;
  onDialog: (dialog: SeatsDialog) => void;
}) {
  const org = useOrg();
  if (!org.can('needs.write')) return null;
  const orchestra = org.packs.includes('orchestra');
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => onDialog({ kind: 'create' })}>
        <Plus aria-hidden /> Add
      </Button>
      {orchestra && (
        <Button onClick={() => onDialog({ kind: 'formula' })}>
          <Music aria-hidden /> Instrumentation
        </Button>
      )}
      {orchestra && open > 0 && <SeatRoster engagementId={engagementId} primary />}
    </div>
  );
}

function NothingNeeded({
  engagement,
  services,
  onDialog,
}: {
  engagement: Engagement;
  services: number;
  onDialog: (dialog: SeatsDialog) => void;
}) {
  const org = useOrg();
  const orchestra = org.packs.includes('orchestra');
  return (
    <EmptyState
      icon={Armchair}
      title="Nothing is needed yet"
      actions={
        org.can('needs.write') && (
          <>
            {orchestra && (
              <Button variant="primary" onClick={() => onDialog({ kind: 'formula' })}>
                <Music aria-hidden /> From the instrumentation
              </Button>
            )}
            <Button variant={orchestra ? 'secondary' : 'primary'} onClick={() => onDialog({ kind: 'create' })}>
              <Plus aria-hidden /> Add by hand
            </Button>
          </>
        )
      }
    >
      {orchestra
        ? 'Write the instrumentation as it stands in the score. Each part becomes seats at the services, filled from the roster first.'
        : 'Say how many people of which skill are needed. Each gets a seat at the services on the schedule.'}
      {services === 0 && <NoServices engagement={engagement} />}
    </EmptyState>
  );
}

function NoServices({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  return (
    <p className="mt-2 mb-3 text-sm text-ink-soft">
      There is no service yet: seats come with the first rehearsal, concert or shift on the{' '}
      <Link
        to="/o/$org/engagements/$id"
        params={{ org: org.slug, id: engagement.id }}
        search={{ tab: 'schedule' }}
        className="text-accent hover:underline"
      >
        schedule
      </Link>
      .
    </p>
  );
}

/** Which seat is looked at, and the cell that it stands in. */
function useOpenSeat() {
  const [id, setId] = useState<string | null>(null);
  const cell = useRef<HTMLElement | null>(null);
  const open = useCallback((seatId: string, element: HTMLElement) => {
    cell.current = element;
    setId(seatId);
  }, []);
  const close = useCallback(() => setId(null), []);
  return { id, cell, open, close };
}

/** Beside the seat; on a phone from below. */
function SeatWindow({ seat, grid, wide }: { seat: ReturnType<typeof useOpenSeat>; grid: SeatGrid; wide: boolean }) {
  const shown = grid.seats.find(({ id }) => id === seat.id);
  const need = grid.needs.find(({ id }) => id === shown?.needId);
  const service = grid.services.find(({ id }) => id === shown?.scheduleItemId);
  const change = (open: boolean) => !open && seat.close();
  const details = shown && need && service && (
    <SeatDetails {...{ seat: shown, need, service, grid }} untitled={!wide} onDone={seat.close} />
  );
  const label = need && service ? `${need.title}, ${serviceText(service)}` : 'Seat';
  if (!wide)
    return (
      <Dialog open={Boolean(details)} onOpenChange={change} title={need?.title ?? ''}>
        {details}
      </Dialog>
    );
  return (
    <Popover label={label} anchor={seat.cell} open={Boolean(details)} onOpenChange={change} className="w-80">
      {details}
    </Popover>
  );
}
