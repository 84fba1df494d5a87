import { CalendarPlus, X } from 'lucide-react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { zoneNote } from '#platform/time/format.ts';
import { shift } from '../timeline-clock-rules.ts';
import type { PlaceTime } from './place-draft.ts';

interface PlaceTimesProps {
  times: readonly PlaceTime[];
  zone: string;
  onTimes: (times: readonly PlaceTime[]) => void;
}

/** One or more dates, by the wall clock of the place. */
export function PlaceTimes({ times, zone, onTimes }: PlaceTimesProps) {
  const { zone: usual } = useOrg();
  const note = zoneNote(zone, usual);
  const change = (index: number, part: Partial<PlaceTime>) =>
    onTimes(times.map((time, at) => (at === index ? { ...time, ...part } : time)));
  const repeat = (days: number) => {
    const last = times.at(-1);
    const later = (at: string | null) => at && new Date(shift(Date.parse(at), days * 1440, zone)).toISOString();
    if (last) onTimes([...times, { startsAt: later(last.startsAt), endsAt: later(last.endsAt) }]);
  };
  return (
    <div>
      <p className="mb-1 text-sm font-medium">
        When {note && <span className="font-normal text-ink-faint">({note})</span>}
      </p>
      <ol className="space-y-2">
        {times.map((time, index) => (
          <li key={index} className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 grid-cols-[2.5rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1.5 text-sm text-ink-soft">
              <span aria-hidden>From</span>
              <DateTimeField
                label={`Start ${index + 1}`}
                zone={zone}
                value={time.startsAt}
                onValue={(startsAt) => change(index, { startsAt })}
              />
              <span aria-hidden>To</span>
              <DateTimeField
                label={`End ${index + 1}`}
                zone={zone}
                value={time.endsAt}
                onValue={(endsAt) => change(index, { endsAt })}
              />
            </div>
            {times.length > 1 && (
              <IconButton label="Leave out this date" onClick={() => onTimes(times.filter((_, at) => at !== index))}>
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button size="sm" variant="ghost" onClick={() => repeat(1)}>
          <CalendarPlus aria-hidden />
          Also the next day
        </Button>
        <Button size="sm" variant="ghost" onClick={() => repeat(7)}>
          <CalendarPlus aria-hidden />
          Also a week later
        </Button>
      </div>
    </div>
  );
}
