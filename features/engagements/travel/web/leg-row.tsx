import { TriangleAlert } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { legName, modeLabel } from '../kinds.ts';
import type { TravelConflict, TravelLeg } from '../travel-contract.ts';
import { departureDay, modeIcons, timeWords, travellerWords } from './travel-words.ts';

interface LegRowProps {
  leg: TravelLeg;
  /** Absent where nothing can be changed. */
  onOpen?: () => void;
  /** Something is in the way of somebody on it. */
  conflicts?: readonly TravelConflict[];
}

/** One way of travelling: when, from where to where, with what, and who. */
export function LegRow({ leg, onOpen, conflicts = [] }: LegRowProps) {
  const org = useOrg();
  const Icon = modeIcons[leg.mode];
  const day = departureDay(leg);
  const route = `${leg.fromName} → ${leg.toName}`;
  const people = travellerWords(leg);
  return (
    <li className="relative flex gap-3 px-3 py-2.5 text-sm hover:bg-hover/50 sm:px-4">
      <span className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-md bg-sunken text-ink-soft">
        <Icon aria-label={modeLabel(leg.mode)} role="img" className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 tabular-nums">
          <span className="font-medium">
            {timeWords(leg.departsAt, leg.fromZone, org.zone)} – {timeWords(leg.arrivesAt, leg.toZone, org.zone, day)}
          </span>
          <span className="min-w-0 truncate text-ink-soft" title={legName(leg)}>
            {legName(leg)}
          </span>
        </p>
        {onOpen ? (
          <button
            type="button"
            onClick={onOpen}
            title={route}
            aria-label={`${legName(leg)}, ${route}`}
            className="block max-w-full truncate text-left after:absolute after:inset-0"
          >
            {route}
          </button>
        ) : (
          <p className="break-words">{route}</p>
        )}
        {people && (
          <p className={cn('text-xs text-ink-faint', onOpen ? 'truncate' : 'break-words')} title={people}>
            {leg.travellers.length > 1 && `${leg.travellers.length}: `}
            {people}
          </p>
        )}
        {!onOpen && leg.notes && <p className="mt-1 text-xs whitespace-pre-line text-ink-soft">{leg.notes}</p>}
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        <Badge tone={leg.confirmed ? 'good' : 'hold'}>{leg.confirmed ? 'Confirmed' : 'Not confirmed'}</Badge>
        {leg.confirmation && (
          <span className="max-w-32 truncate font-mono text-xs text-ink-soft" title={leg.confirmation}>
            {leg.confirmation}
          </span>
        )}
        {conflicts.length > 0 && (
          <TriangleAlert
            aria-label="Something is in the way"
            role="img"
            className={cn(
              'size-4',
              conflicts.every(({ kind }) => kind === 'tight') ? 'text-on-hold-soft' : 'text-danger',
            )}
          />
        )}
        {leg.travellers.length === 0 && <span className="text-xs text-ink-faint">Nobody on it</span>}
      </div>
    </li>
  );
}
