import { CalendarSearch } from 'lucide-react';
import { formatDate } from '#platform/time/format.ts';
import { Button } from './button.tsx';
import { FieldFrame } from './field-frame.tsx';
import { Input } from './input.tsx';
import { Popover } from './popover.tsx';

/** Wall dates, both included; absent where open. */
interface Dates {
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * A filter of days: from, to, and the way back to all.
 * @param any what stands on the button while no day is chosen
 */
export function DatesFilter({ any, dates, onChange }: { any: string; dates: Dates; onChange: (dates: Dates) => void }) {
  const dated = dates.from ?? dates.to;
  const backwards = Boolean(dates.from && dates.to && dates.to < dates.from);
  return (
    <Popover
      label="Dates"
      className="w-64"
      trigger={
        <Button>
          <CalendarSearch aria-hidden />
          {dated ? `${dayText(dates.from)} – ${dayText(dates.to)}` : any}
        </Button>
      }
    >
      <div className="grid gap-3">
        <FieldFrame label="From">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={dates.from ?? ''}
              max={dates.to}
              onChange={(event) => onChange({ from: event.target.value || undefined })}
            />
          )}
        </FieldFrame>
        <FieldFrame label="To" error={backwards ? 'Before the first day.' : undefined}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={dates.to ?? ''}
              min={dates.from}
              onChange={(event) => onChange({ to: event.target.value || undefined })}
            />
          )}
        </FieldFrame>
        {dated && (
          <Button size="sm" variant="ghost" onClick={() => onChange({ from: undefined, to: undefined })}>
            Any date
          </Button>
        )}
      </div>
    </Popover>
  );
}

/** A wall date for people; “…” where it is open. */
function dayText(date: string | undefined): string {
  return date ? formatDate(date) : '…';
}
