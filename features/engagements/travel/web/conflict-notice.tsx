import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { conflictWords } from '../conflict-words.ts';
import type { EngagementTravel } from './travel-queries.ts';

/** As many as a phone shows without hiding the travel itself. */
const atFirst = 4;

/** What can’t go as it is planned. */
export function ConflictNotice({
  travel: { conflicts, legs },
  onOpen,
}: {
  travel: EngagementTravel;
  onOpen?: (legId: string) => void;
}) {
  const [all, setAll] = useState(false);
  const told = conflictWords(conflicts, legs);
  if (told.length === 0) return null;
  const grave = told.some(({ kind }) => kind !== 'no_travel' && kind !== 'no_bed' && kind !== 'tight');
  return (
    <div
      role="region"
      aria-label="What is in the way"
      className={cn(
        'mb-4 rounded-lg px-3 py-2.5 text-sm sm:px-4',
        grave ? 'bg-danger-soft text-on-danger-soft' : 'bg-hold-soft text-on-hold-soft',
      )}
    >
      <p className="flex items-center gap-2 font-medium">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        {told.length === 1 ? 'One thing is in the way' : `${told.length} things are in the way`}
      </p>
      <ul className="mt-1 grid gap-0.5 pl-6">
        {(all ? told : told.slice(0, atFirst)).map(({ key, text, legId }) => (
          <li key={key} className="text-pretty break-words">
            {legId && onOpen ? (
              <button type="button" className="text-left hover:underline" onClick={() => onOpen(legId)}>
                {text}
              </button>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
      {told.length > atFirst && (
        <Button size="sm" variant="ghost" className="mt-1 ml-4" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${told.length}`}
        </Button>
      )}
    </div>
  );
}
