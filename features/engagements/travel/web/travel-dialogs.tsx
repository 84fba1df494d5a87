import { Dialog } from '#platform/ui/dialog.tsx';
import { addDays, fromWallClock, toWallClock } from '#platform/time/wall-clock.ts';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { legName } from '../kinds.ts';
import { AddRooms } from './add-rooms.tsx';
import { CopyTravel } from './copy-travel.tsx';
import { EditHotel, NewHotel } from './hotel-form.tsx';
import { EditLeg, NewLeg } from './leg-form.tsx';
import { PerDiemForm } from './per-diem-form.tsx';
import type { EngagementTravel } from './travel-queries.ts';

/** What is open, by id: what it shows follows what others do. */
export type TravelDialog =
  | { kind: 'leg'; id: string | null }
  | { kind: 'hotel'; id: string | null }
  | { kind: 'rooms'; id: string }
  | { kind: 'per-diems' }
  | { kind: 'copy' };

interface TravelDialogsProps {
  dialog: TravelDialog | null;
  engagement: Engagement;
  travel: EngagementTravel;
  onClose: () => void;
}

/** Whatever is open over the travel of an engagement. */
export function TravelDialogs({ dialog, engagement, travel, onClose }: TravelDialogsProps) {
  const org = useOrg();
  const zone = engagement.zone ?? org.zone;
  const leg = dialog?.kind === 'leg' ? travel.legs.find(({ id }) => id === dialog.id) : undefined;
  const hotel =
    dialog?.kind === 'hotel' || dialog?.kind === 'rooms' ? travel.hotels.find(({ id }) => id === dialog.id) : undefined;
  // Somebody else removed it meanwhile.
  const gone = (dialog?.kind === 'leg' && dialog.id && !leg) || (dialog?.kind === 'rooms' && !hotel);
  const first = toWallClock(engagement.startsAt, zone).date;
  return (
    <Dialog
      open={dialog !== null && !gone}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titleOf(dialog, leg ? legName(leg) : null, hotel?.name ?? null) : ''}
      size={dialog?.kind === 'rooms' || dialog?.kind === 'copy' ? 'sm' : 'md'}
    >
      {dialog?.kind === 'leg' && leg && <EditLeg key={leg.id} leg={leg} people={travel.people} onDone={onClose} />}
      {dialog?.kind === 'leg' && !leg && (
        <NewLeg
          engagementId={engagement.id}
          values={nextLeg(travel, first, zone)}
          people={travel.people}
          onDone={onClose}
        />
      )}
      {dialog?.kind === 'hotel' && hotel && <EditHotel key={hotel.id} hotel={hotel} onDone={onClose} />}
      {dialog?.kind === 'hotel' && !hotel && <NewHotel engagementId={engagement.id} day={first} onDone={onClose} />}
      {dialog?.kind === 'rooms' && hotel && <AddRooms hotel={hotel} onDone={onClose} />}
      {dialog?.kind === 'per-diems' && (
        <PerDiemForm
          engagementId={engagement.id}
          people={travel.people}
          first={first}
          last={lastDay(engagement, zone)}
          onDone={onClose}
        />
      )}
      {dialog?.kind === 'copy' && <CopyTravel engagement={engagement} onDone={onClose} />}
    </Dialog>
  );
}

function titleOf(dialog: TravelDialog, leg: string | null, hotel: string | null): string {
  switch (dialog.kind) {
    case 'leg':
      return leg ?? 'Add a leg';
    case 'hotel':
      return hotel ?? 'Add a hotel';
    case 'rooms':
      return `Rooms in ${hotel ?? 'the hotel'}`;
    case 'per-diems':
      return 'Per diems';
    case 'copy':
      return 'Copy travel';
  }
}

/** The way back of what is planned already; else the morning of the first day. */
function nextLeg({ legs }: EngagementTravel, day: string, zone: string) {
  const last = legs.at(-1);
  const at = (date: string, time: string, there: string) => fromWallClock({ date, time }, there) ?? '';
  if (!last)
    return {
      mode: 'ground' as const,
      fromZone: zone,
      toZone: zone,
      departsAt: at(day, '09:00', zone),
      arrivesAt: at(day, '12:00', zone),
    };
  const { mode, carrier, fromName, fromZone, toName, toZone, departsAt, arrivesAt } = last;
  const after = addDays(toWallClock(arrivesAt, toZone).date, 1);
  const departs = at(after, '09:00', toZone);
  const takes = Date.parse(arrivesAt) - Date.parse(departsAt);
  return {
    mode,
    carrier,
    fromName: toName,
    fromZone: toZone,
    toName: fromName,
    toZone: fromZone,
    departsAt: departs,
    arrivesAt: new Date(Date.parse(departs) + takes).toISOString(),
  };
}

/** Of an engagement that ends at midnight the day before. */
function lastDay({ startsAt, endsAt }: Engagement, zone: string): string {
  const end = new Date(Math.max(Date.parse(startsAt), Date.parse(endsAt) - 1)).toISOString();
  return toWallClock(end, zone).date;
}
