import { Plus, X } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { Input } from '#platform/ui/input.tsx';
import type { Hours } from '../contract.ts';

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

interface DayHoursProps {
  name: string;
  weekday: number;
  hours: readonly Hours[];
  editable: boolean;
  onHours: (hours: Hours[]) => void;
}

/** The stretches of one weekday. */
export function DayHours({ name, weekday, hours, editable, onHours }: DayHoursProps) {
  const set = (index: number, part: Partial<Hours>) =>
    onHours(hours.map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  const lastEnd = hours.at(-1)?.endsMinute ?? 9 * 60;
  const next: Hours =
    hours.length === 0
      ? { weekday, startsMinute: 540, endsMinute: 1020 }
      : { weekday, startsMinute: Math.min(lastEnd + 60, 1380), endsMinute: Math.min(lastEnd + 240, 1440) };
  const problem = overlapsWithin(hours) ? 'Each stretch must end after it starts, and two must not overlap.' : null;
  return (
    <li className="flex flex-wrap gap-x-3 px-4 py-2 text-sm">
      <span className="w-24 shrink-0 pt-1.5 font-medium max-sm:flex-1">{name}</span>
      <div className="grid min-w-0 flex-1 gap-2 max-sm:order-last max-sm:basis-full">
        {hours.length === 0 && <span className="pt-1.5 text-ink-faint">–</span>}
        {hours.map((entry, index) => (
          <div key={index} className="flex flex-wrap items-center gap-2">
            <Input
              type="time"
              aria-label={`${name}, stretch ${index + 1}, from`}
              className="w-26 tabular-nums [&::-webkit-calendar-picker-indicator]:hidden"
              value={clock(entry.startsMinute)}
              disabled={!editable}
              aria-invalid={problem ? true : undefined}
              onChange={(event) => event.target.value && set(index, { startsMinute: minutes(event.target.value) })}
            />
            <span className="text-ink-faint">to</span>
            <Input
              type="time"
              aria-label={`${name}, stretch ${index + 1}, to`}
              className="w-26 tabular-nums [&::-webkit-calendar-picker-indicator]:hidden"
              value={clock(entry.endsMinute)}
              disabled={!editable}
              aria-invalid={problem ? true : undefined}
              // Midnight as an end is the end of the day.
              onChange={(event) =>
                event.target.value && set(index, { endsMinute: minutes(event.target.value) || 1440 })
              }
            />
            {editable && (
              <IconButton
                label={`Remove stretch ${index + 1} of ${name}`}
                size="icon-sm"
                onClick={() => onHours(hours.filter((_, at) => at !== index))}
              >
                <X aria-hidden />
              </IconButton>
            )}
          </div>
        ))}
        {problem && (
          <p role="alert" className="text-xs text-danger">
            {problem}
          </p>
        )}
      </div>
      {editable && lastEnd < 1380 && (
        <IconButton label={`Add a stretch on ${name}`} size="icon-sm" onClick={() => onHours([...hours, next])}>
          <Plus aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

/** True when a stretch of this day is empty or reaches into another. */
export function overlapsWithin(day: readonly Hours[]): boolean {
  const sorted = [...day].sort((a, b) => a.startsMinute - b.startsMinute);
  return sorted.some(
    (entry, index) =>
      entry.startsMinute >= entry.endsMinute || entry.startsMinute < (sorted[index - 1]?.endsMinute ?? 0),
  );
}

function clock(minute: number): string {
  const ofDay = minute % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
