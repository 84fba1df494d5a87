import { BedDouble, Pencil, Plus } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { PhoneLink } from '#platform/ui/fact.tsx';
import type { HotelStay } from '../travel-contract.ts';
import type { ChoosablePerson } from './people-choice.tsx';
import { RoomCard } from './room-card.tsx';
import { nightsWords } from './travel-words.ts';

interface HotelCardProps {
  hotel: HotelStay;
  /** Of the engagement: whoever has no room here is named. */
  people: readonly ChoosablePerson[];
  /** Absent where nothing can be changed. */
  onEdit?: () => void;
  onAddRooms?: () => void;
}

/** A hotel with its rooms and who shares them. */
export function HotelCard({ hotel, people, onEdit, onAddRooms }: HotelCardProps) {
  const roomed = new Set(hotel.rooms.flatMap(({ sleepers }) => sleepers.map(({ personId }) => personId)));
  const without = people.filter(({ personId }) => !roomed.has(personId));
  return (
    <li className="rounded-lg border border-line bg-surface shadow-card">
      <div className="flex items-start gap-3 px-3 py-2.5 text-sm sm:px-4">
        <span className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-md bg-sunken text-ink-soft">
          <BedDouble aria-hidden className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="font-medium break-words">{hotel.name}</h3>
          <p className="text-ink-soft tabular-nums">{nightsWords(hotel.checkInOn, hotel.checkOutOn)}</p>
          {hotel.address && <p className="text-xs whitespace-pre-line text-ink-faint">{hotel.address}</p>}
          {hotel.phone && <PhoneLink phone={hotel.phone} className="text-xs" />}
          {hotel.notes && <p className="mt-1 text-xs whitespace-pre-line text-ink-soft">{hotel.notes}</p>}
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1">
          <Badge tone={hotel.confirmed ? 'good' : 'hold'}>{hotel.confirmed ? 'Confirmed' : 'Not confirmed'}</Badge>
          {hotel.confirmation && (
            <span className="max-w-32 truncate font-mono text-xs text-ink-soft" title={hotel.confirmation}>
              {hotel.confirmation}
            </span>
          )}
        </div>
        {onEdit && (
          <IconButton label={`Edit ${hotel.name}`} size="icon-sm" onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
        )}
      </div>
      {(hotel.rooms.length > 0 || onAddRooms) && (
        <div className="border-t border-line px-3 py-3 sm:px-4">
          <ul
            aria-label={`Rooms in ${hotel.name}`}
            className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-2"
          >
            {hotel.rooms.map((room) => (
              <RoomCard key={room.id} room={room} free={without} editable={onAddRooms !== undefined} />
            ))}
            {onAddRooms && (
              <li>
                <button
                  type="button"
                  onClick={onAddRooms}
                  className="flex size-full min-h-16 items-center justify-center gap-1.5 rounded-md border border-dashed border-line-strong/70 text-sm text-ink-soft hover:bg-hover"
                >
                  <Plus aria-hidden className="size-4" /> Rooms
                </button>
              </li>
            )}
          </ul>
          {onAddRooms && hotel.rooms.length > 0 && without.length > 0 && (
            <p className="mt-2 text-xs text-pretty text-ink-faint">
              Without a room here: {without.map(({ name }) => name).join(', ')}
            </p>
          )}
        </div>
      )}
    </li>
  );
}

/** Hotels one below the other. */
export function HotelList({
  hotels,
  people,
  onEdit,
  onAddRooms,
}: {
  hotels: readonly HotelStay[];
  people: readonly ChoosablePerson[];
  onEdit?: (hotel: HotelStay) => void;
  onAddRooms?: (hotel: HotelStay) => void;
}) {
  return (
    <ul aria-label="Hotels" className="grid grid-cols-1 gap-3">
      {hotels.map((hotel) => (
        <HotelCard
          key={hotel.id}
          hotel={hotel}
          people={people}
          {...(onEdit && { onEdit: () => onEdit(hotel) })}
          {...(onAddRooms && { onAddRooms: () => onAddRooms(hotel) })}
        />
      ))}
    </ul>
  );
}
