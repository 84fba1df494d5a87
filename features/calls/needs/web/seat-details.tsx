import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { resourceQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import type { Need, Seat, SeatGrid, Service } from '../contract.ts';
import { lackingSkills } from '../lacking-rules.ts';
import { needsApi, seatTables } from './needs-queries.ts';
import { sourceWords } from './seat-cell.tsx';
import { serviceText } from './service-head.tsx';

interface SeatDetailsProps {
  seat: Seat;
  need: Need;
  service: Service;
  grid: SeatGrid;
  /** What is around says which need it is. */
  untitled?: boolean;
  onDone: () => void;
}

/** Who sits on a seat, how they came there, and what can be done about it. */
export function SeatDetails({ seat, need, service, grid, untitled, onDone }: SeatDetailsProps) {
  const org = useOrg();
  const mayWrite = org.can('needs.write');
  return (
    <div className="grid gap-3 text-sm">
      <div>
        {!untitled && <p className="font-medium break-words">{need.title}</p>}
        <p className="text-xs text-ink-soft">{serviceText(service)}</p>
      </div>
      {seat.resourceId === null && !mayWrite && <p className="text-ink-faint">Nobody sits here yet.</p>}
      {seat.resourceId === null && mayWrite && <SeatSomebody key={seat.id} {...{ seat, need, grid, onDone }} />}
      {seat.resourceId !== null && <Sitting {...{ seat, need, grid, onDone, mayWrite }} resourceId={seat.resourceId} />}
    </div>
  );
}

const reaches = [
  { value: 'here', label: 'This service' },
  { value: 'all', label: 'All services' },
] as const;
type Reach = (typeof reaches)[number]['value'];

function SeatSomebody({ seat, need, grid, onDone }: Omit<SeatDetailsProps, 'service'>) {
  const org = useOrg();
  const [person, setPerson] = useState<string | null>(null);
  const [reach, setReach] = useState<Reach>('all');
  const take = useChange(org.slug, seatTables, (body: Parameters<typeof needsApi.take>[0]['body'], call) =>
    needsApi.take({ org: org.slug, params: { id: need.id }, body }, call),
  );
  const open = grid.seats.filter(({ needId, resourceId }) => needId === need.id && resourceId === null);
  const several = new Set(open.map(({ scheduleItemId }) => scheduleItemId)).size > 1;
  const seatThem = () => {
    if (!person) return;
    const where = several && reach === 'all' ? {} : { scheduleItemIds: [seat.scheduleItemId] };
    take.mutate({ resourceId: person, number: seat.number, ...where }, { onSuccess: onDone });
  };
  return (
    <>
      <ResourcePicker aria-label="Who" kind="person" value={person} onValue={setPerson} />
      {person && <Lacking need={need} person={person} />}
      {several && <Segmented label="Where" value={reach} onValue={setReach} options={reaches} />}
      {take.error && <ErrorNotice error={take.error} />}
      <Button variant="primary" busy={take.isPending} disabled={!person} onClick={seatThem}>
        Seat them
      </Button>
    </>
  );
}

/** A word before it is done, not a ban: people know more than the list of their skills. */
function Lacking({ need, person }: { need: Need; person: string }) {
  const org = useOrg();
  const found = useQuery(resourceQuery(org.slug, person));
  const lacking = found.data
    ? lackingSkills(
        need,
        found.data.skills.map(({ skill }) => skill),
      )
    : [];
  if (lacking.length === 0) return null;
  return (
    <p className="rounded-md bg-hold-soft px-2.5 py-1.5 text-xs text-on-hold-soft">
      Not among their skills: {lacking.join(', ')}.
    </p>
  );
}

function Sitting({
  seat,
  need,
  grid,
  resourceId,
  mayWrite,
  onDone,
}: Omit<SeatDetailsProps, 'service'> & { resourceId: string; mayWrite: boolean }) {
  const org = useOrg();
  const leave = useChange(org.slug, seatTables, (scheduleItemIds: string[] | null, call) =>
    needsApi.leave(
      { org: org.slug, params: { id: need.id }, body: { resourceId, ...(scheduleItemIds && { scheduleItemIds }) } },
      call,
    ),
  );
  const seats = grid.seats.filter((each) => each.needId === need.id && each.resourceId === resourceId);
  return (
    <>
      <div>
        <Link
          to="/o/$org/resources/$id"
          params={{ org: org.slug, id: resourceId }}
          className="font-medium break-words text-accent hover:underline"
        >
          {seat.name}
        </Link>
        <p className="text-xs text-ink-faint">
          {seat.source && sourceWords[seat.source]}
          {seat.since && `, since ${formatTime(seat.since, org.zone, 'dateTime')}`}
        </p>
      </div>
      {mayWrite && (
        <>
          <MoveTo {...{ seat, grid, onDone }} />
          {leave.error && <ErrorNotice error={leave.error} />}
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              variant="danger-ghost"
              busy={leave.isPending}
              onClick={() => leave.mutate([seat.scheduleItemId], { onSuccess: onDone })}
            >
              Take off here
            </Button>
            {seats.length > 1 && (
              <Button
                size="sm"
                variant="danger-ghost"
                busy={leave.isPending}
                onClick={() => leave.mutate(null, { onSuccess: onDone })}
              >
                Take off all {seats.length}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** Another seat at the same service; whoever sits there changes places. */
function MoveTo({ seat, grid, onDone }: Pick<SeatDetailsProps, 'seat' | 'grid' | 'onDone'>) {
  const org = useOrg();
  const move = useChange(org.slug, seatTables, (seatId: string, call) =>
    needsApi.move({ org: org.slug, params: { id: seat.id }, body: { seatId } }, call),
  );
  const titles = new Map(grid.needs.map(({ id, title }) => [id, title]));
  const options = grid.seats
    .filter((other) => other.scheduleItemId === seat.scheduleItemId && other.id !== seat.id)
    .map((other) => ({
      value: other.id,
      label: `${titles.get(other.needId)}${other.number > 1 ? ` ${other.number}` : ''}`,
      hint: other.name ?? 'open',
    }))
    .toSorted((a, b) => Number(b.hint === 'open') - Number(a.hint === 'open'));
  if (options.length === 0) return null;
  return (
    <>
      <Combobox
        aria-label="Move to another seat"
        placeholder="Move to another seat…"
        value={null}
        onValue={(id) => id && move.mutate(id, { onSuccess: onDone })}
        options={options}
        busy={move.isPending}
      />
      {move.error && <ErrorNotice error={move.error} />}
    </>
  );
}
