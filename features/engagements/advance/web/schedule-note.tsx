import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { formatDate, zoneNote } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceItem, ScheduleTime } from '../contract.ts';
import { differs } from '../schedule-rules.ts';
import { advanceQuery } from './advance-queries.ts';
import { clockWords } from './item-words.ts';

/** Of a festival’s thirty sets, these; the others stand on the schedule. */
const mostShown = 4;

interface ScheduleNoteProps {
  item: AdvanceItem;
  /** Answers with a time, where that may be done here. */
  onTake?: (time: string) => void;
}

/** What the schedule says where that isn’t the answer: to be taken with one press, or to be talked about. */
export function ScheduleNote({ item: { id, engagementId, title, answer }, onTake }: ScheduleNoteProps) {
  const org = useOrg();
  const { data } = useQuery(advanceQuery(org.slug, engagementId));
  const said = data?.schedule.filter(({ itemId }) => itemId === id) ?? [];
  if (said.some(({ time }) => time === answer) || said.length === 0) return null;
  const shown = said.slice(0, mostShown);
  const words = shown.map((each) => timeWords(each, said.length > 1, org.zone)).join('; ');
  const more = said.length - shown.length;
  return (
    <div
      className={cn(
        'mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs',
        differs(answer, said) ? 'text-on-hold-soft' : 'text-ink-soft',
      )}
    >
      <p className="flex min-w-0 items-start gap-1.5">
        <CalendarClock aria-hidden className="mt-px size-3.5 shrink-0" />
        <span className="min-w-0 break-words tabular-nums">
          Schedule says {words}
          {more > 0 && ` and ${more} more`}
        </span>
      </p>
      {onTake &&
        shown.map(({ time }) => (
          <Button
            key={time}
            size="sm"
            aria-label={`Use ${clockWords(time)} for ${title}`}
            className="tabular-nums"
            onClick={() => onTake(time)}
          >
            Use {clockWords(time)}
          </Button>
        ))}
    </div>
  );
}

const seenWords = { everyone: '', groups: 'not for everyone', team: 'team only' } as const;

/** “20:00 Set: Support”; “16:30 (Fri 2 May, New York time, team only)”. */
function timeWords({ time, name, day, zone, seenBy }: ScheduleTime, oneOfSeveral: boolean, usual: string): string {
  const notes = [day && formatDate(day, 'day'), zoneNote(zone, usual), seenWords[seenBy]].filter(Boolean);
  return [clockWords(time), oneOfSeveral && name, notes.length > 0 && `(${notes.join(', ')})`]
    .filter(Boolean)
    .join(' ');
}
