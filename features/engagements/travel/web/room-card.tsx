import { EllipsisVertical, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { cn } from '#platform/ui/class-names.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { bedsOf, roomKinds, roomLabel, roomName, type RoomKind } from '../kinds.ts';
import type { HotelRoom } from '../travel-contract.ts';
import type { ChoosablePerson } from './people-choice.tsx';
import { travelApi, travelTables } from './travel-queries.ts';

interface RoomCardProps {
  room: HotelRoom;
  /** People of the engagement without a room in this hotel. */
  free: readonly ChoosablePerson[];
  editable: boolean;
}

/** A room: its kind, its number, and who shares it. */
export function RoomCard({ room, free, editable }: RoomCardProps) {
  const { put, takeOut } = useSleepers(room.id);
  const beds = bedsOf(room.kind);
  const over = room.sleepers.length > beds;
  const name = roomName(room);
  return (
    <li className={cn('min-w-0 rounded-md border bg-sunken/60 px-2.5 py-2', over ? 'border-danger' : 'border-line')}>
      <div className="flex min-h-7 items-center gap-1.5 text-sm">
        <span className="min-w-0 truncate font-medium" title={name}>
          {roomLabel(room.kind)}
        </span>
        {editable ? (
          <RoomNumber key={room.label} room={room} />
        ) : (
          <span className="min-w-0 truncate text-ink-soft">{room.label}</span>
        )}
        <span className={cn('ml-auto text-xs tabular-nums', over ? 'font-medium text-danger' : 'text-ink-faint')}>
          {room.sleepers.length}/{beds}
        </span>
        {editable && <RoomMenu room={room} />}
      </div>
      <ul aria-label={`Who sleeps in ${name}`} className="mt-1 grid gap-0.5">
        {room.sleepers.map((sleeper) => (
          <li key={sleeper.personId} className="flex min-h-7 items-center gap-1 text-sm">
            <span className="min-w-0 flex-1 truncate" title={sleeper.name}>
              {sleeper.name}
            </span>
            {editable && (
              <IconButton label={`Take ${sleeper.name} out`} size="icon-sm" onClick={() => takeOut(sleeper.personId)}>
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {editable && free.length > 0 && room.sleepers.length < beds && (
        <Menu
          align="start"
          trigger={
            <button
              type="button"
              aria-label={`Put somebody into ${name}`}
              className="mt-1 flex min-h-7 items-center gap-1.5 rounded-sm text-xs text-accent hover:underline"
            >
              <UserPlus aria-hidden className="size-3.5" /> Add somebody
            </button>
          }
        >
          {free.map(({ personId, name: who }) => (
            <MenuItem key={personId} onSelect={() => put(personId)}>
              {who}
            </MenuItem>
          ))}
        </Menu>
      )}
    </li>
  );
}

function useSleepers(roomId: string) {
  const org = useOrg();
  const toast = useToast();
  const set = useChange(org.slug, travelTables, (personId: string, call) =>
    travelApi.setSleepers({ org: org.slug, params: { id: roomId }, body: { personIds: [personId] } }, call),
  );
  const remove = useChange(org.slug, travelTables, (personId: string, call) =>
    travelApi.removeSleeper({ org: org.slug, params: { id: roomId, personId } }, call),
  );
  const onError = (error: unknown) => toast({ tone: 'danger', title: 'Not saved', detail: errorText(error) });
  return {
    put: (personId: string) => set.mutate(personId, { onError }),
    takeOut: (personId: string) => remove.mutate(personId, { onError }),
  };
}

function useRoom(room: HotelRoom) {
  const org = useOrg();
  const toast = useToast();
  const change = useChange(org.slug, travelTables, (fields: { kind?: RoomKind; label?: string }, call) =>
    travelApi.changeRoom({ org: org.slug, params: { id: room.id }, body: { version: room.version, ...fields } }, call),
  );
  const remove = useChange(org.slug, travelTables, (_: null, call) =>
    travelApi.removeRoom({ org: org.slug, params: { id: room.id } }, call),
  );
  const onError = (error: unknown) => toast({ tone: 'danger', title: 'Not saved', detail: errorText(error) });
  return {
    change: (fields: { kind?: RoomKind; label?: string }) => change.mutate(fields, { onError }),
    remove: () => remove.mutate(null, { onError }),
  };
}

/** The number, known when people check in: typed where it stands. */
function RoomNumber({ room }: { room: HotelRoom }) {
  const { change } = useRoom(room);
  const [text, setText] = useState(room.label);
  const save = () => {
    if (text.trim() !== room.label) change({ label: text.trim() });
  };
  return (
    <Input
      aria-label={`Number of the room ${roomName(room)}`}
      placeholder="No."
      maxLength={40}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
      className="h-7 w-16 min-w-0"
    />
  );
}

function RoomMenu({ room }: { room: HotelRoom }) {
  const { change, remove } = useRoom(room);
  return (
    <Menu
      trigger={
        <IconButton label={`More about ${roomName(room)}`} size="icon-sm">
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>Kind</MenuLabel>
      {roomKinds.map((kind) => (
        <MenuCheck
          key={kind}
          checked={kind === room.kind}
          onCheckedChange={() => kind !== room.kind && change({ kind })}
        >
          {roomLabel(kind)}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuItem tone="danger" onSelect={remove}>
        Remove the room
      </MenuItem>
    </Menu>
  );
}
