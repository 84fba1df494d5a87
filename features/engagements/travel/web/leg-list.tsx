import { CardList } from '#platform/ui/table.tsx';
import type { TravelConflict, TravelLeg } from '../travel-contract.ts';
import { LegRow } from './leg-row.tsx';
import { dayWords, departureDay } from './travel-words.ts';

interface LegListProps {
  legs: readonly TravelLeg[];
  conflicts?: readonly TravelConflict[];
  onOpen?: (leg: TravelLeg) => void;
}

/** Legs by the day on which they depart there. */
export function LegList({ legs, conflicts = [], onOpen }: LegListProps) {
  const days = Map.groupBy(legs, departureDay);
  return (
    <div className="grid grid-cols-1 gap-4">
      {[...days].map(([day, its]) => (
        <div key={day}>
          <h3 className="mb-1.5 text-xs font-medium text-ink-faint">{dayWords(day)}</h3>
          <CardList label={`Travel on ${dayWords(day)}`}>
            {its.map((leg) => (
              <LegRow
                key={leg.id}
                leg={leg}
                conflicts={conflicts.filter(({ legId, kind }) => legId === leg.id && kind !== 'no_bed')}
                {...(onOpen && { onOpen: () => onOpen(leg) })}
              />
            ))}
          </CardList>
        </div>
      ))}
    </div>
  );
}
