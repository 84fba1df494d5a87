import { MoreHorizontal } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { instrumentName, nameWithin } from '#features/calls/instruments/instrument-rules.ts';
import type { Position } from '../contract.ts';
import type { Chairs, FamilyRoster } from '../roster-rules.ts';
import { ChairCell } from './chair-cell.tsx';
import type { RosterDialog } from './roster-dialogs.tsx';

type OnDialog = (dialog: RosterDialog) => void;

/** Woodwinds, brass …: each position with its chairs. */
export function RosterFamily({ roster, onDialog }: { roster: FamilyRoster; onDialog: OnDialog }) {
  return (
    <section aria-label={roster.family} className="break-inside-auto">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 className="text-base font-semibold tracking-tight first-letter:uppercase">{roster.family}</h2>
        <span className="text-xs text-ink-faint tabular-nums">
          {roster.held} of {roster.chairs}
        </span>
      </div>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card print:shadow-none">
        {roster.positions.map((one) => (
          <PositionRow key={one.position.id} {...one} onDialog={onDialog} />
        ))}
      </ul>
    </section>
  );
}

function PositionRow({ position, chairs, onDialog }: Chairs & { onDialog: OnDialog }) {
  const also = position.doubles
    .map(nameWithin)
    .filter((name) => !position.title.toLowerCase().includes(name.toLowerCase()))
    .join(', ');
  const instrument = instrumentName(position.instrument);
  const named = position.title.toLowerCase().includes(instrument.toLowerCase());
  const note = [named ? '' : instrument, also && `also ${also}`].filter(Boolean).join(', ');
  return (
    <li className="grid break-inside-avoid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 px-3 py-1.5 sm:grid-cols-[13rem_minmax(0,1fr)_auto] sm:px-4">
      <div className="min-w-0 py-1.5">
        <h3 className="flex min-w-0 items-center gap-2 text-sm font-medium">
          <span className="truncate" title={position.title}>
            {position.title}
          </span>
          {position.kind === 'principal' && !/principal|concertmaster/i.test(position.title) && (
            <Badge tone="outline">principal</Badge>
          )}
        </h3>
        {note && (
          <p className="truncate text-xs text-ink-faint" title={note}>
            {note}
          </p>
        )}
      </div>
      <ul
        aria-label={`Chairs of ${position.title}`}
        className={cn(
          'col-span-2 row-start-2 -mx-2 grid grid-cols-1 gap-x-1 sm:col-span-1 sm:col-start-2 sm:row-start-1 sm:mx-0',
          chairs.length > 1 && 'sm:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]',
        )}
      >
        {chairs.map(({ number, holder }) => (
          <ChairCell key={number} {...{ position, number, holder, onDialog }} alone={position.chairs === 1} />
        ))}
      </ul>
      <PositionMenu position={position} onDialog={onDialog} />
    </li>
  );
}

function PositionMenu({ position, onDialog }: { position: Position; onDialog: OnDialog }) {
  const org = useOrg();
  return (
    <Menu
      trigger={
        <IconButton label={`More about ${position.title}`} className="print:hidden">
          <MoreHorizontal aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onDialog({ kind: 'holders', position })}>Holders, past and present</MenuItem>
      {org.can('roster.write') && (
        <>
          <MenuItem onSelect={() => onDialog({ kind: 'position', position })}>Edit position</MenuItem>
          <MenuSeparator />
          <MenuItem tone="danger" onSelect={() => onDialog({ kind: 'remove', position })}>
            Remove position
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
