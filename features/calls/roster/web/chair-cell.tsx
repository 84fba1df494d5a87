import { Plus } from 'lucide-react';
import { formatRange, formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { HeldChair, Position } from '../contract.ts';
import type { RosterDialog } from './roster-dialogs.tsx';

interface ChairCellProps {
  position: Position;
  number: number;
  holder: HeldChair | undefined;
  /** The position's only chair: its number says nothing. */
  alone: boolean;
  onDialog: (dialog: RosterDialog) => void;
}

const cell = 'flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md px-2 py-1 text-left text-sm';

/** One chair: who sits there, or that nobody does. */
export function ChairCell({ position, number, holder, alone, onDialog }: ChairCellProps) {
  const org = useOrg();
  const mayWrite = org.can('roster.write');
  const inside = (
    <>
      {!alone && <span className="w-4 shrink-0 text-right text-xs text-ink-faint tabular-nums">{number}</span>}
      {holder ? <Holder holder={holder} /> : <Vacancy mayWrite={mayWrite} />}
    </>
  );
  const dialog: RosterDialog = holder ? { kind: 'chair', chair: holder, position } : { kind: 'give', position, number };
  const name = holder
    ? `${holder.name}, ${position.title}, chair ${number}`
    : `Give chair ${number} of ${position.title} to somebody`;
  return (
    <li className="min-w-0">
      {mayWrite ? (
        <button
          type="button"
          aria-label={name}
          onClick={() => onDialog(dialog)}
          className={cn(cell, 'hover:bg-hover', !holder && 'text-ink-faint hover:text-ink')}
        >
          {inside}
        </button>
      ) : (
        <div className={cn(cell, !holder && 'text-ink-faint')}>{inside}</div>
      )}
    </li>
  );
}

function Vacancy({ mayWrite }: { mayWrite: boolean }) {
  return (
    <span className="flex items-center gap-1 rounded-sm border border-dashed border-line-strong px-1.5 text-xs">
      {mayWrite && <Plus aria-hidden className="size-3 print:hidden" />}
      Vacant
    </span>
  );
}

function Holder({ holder }: { holder: HeldChair }) {
  const org = useOrg();
  const [first] = holder.away;
  const until = holder.away.at(-1)?.endsAt;
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="max-w-full truncate" title={holder.name}>
        {holder.name}
      </span>
      {holder.tenure !== 'permanent' && <Badge>{holder.tenure}</Badge>}
      {first && until && (
        <Badge tone="hold" title={`Away ${formatRange(first.startsAt, until, org.zone, 'date')}`}>
          away until {formatTime(until, org.zone, 'day')}
        </Badge>
      )}
    </span>
  );
}
