import { ChevronLeft, ChevronRight } from 'lucide-react';
import { formatTime } from '#platform/time/format.ts';
import { addDays, today } from '#platform/time/wall-clock.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Input, SearchInput } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { BoardSettings } from './board-settings.ts';

interface AgendaHeadProps {
  day: { from: number; to: number };
  date: string;
  onDate: (date: string) => void;
  /** Whether those with nothing on that day are listed. */
  all: boolean;
  onAll: (all: boolean) => void;
  settings: BoardSettings;
  onSettings: (part: Partial<BoardSettings>) => void;
}

/** Which day, and who of it. */
export function AgendaHead({ day, date, onDate, all, onAll, settings, onSettings }: AgendaHeadProps) {
  const org = useOrg();
  return (
    <header className="sticky top-13 z-20 space-y-2 border-b border-line bg-canvas px-4 py-3">
      <div className="flex items-center gap-1">
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold tracking-tight">
          {formatTime(new Date(day.from).toISOString(), org.zone, 'date')}
        </h1>
        <IconButton size="icon-lg" label="The day before" onClick={() => onDate(addDays(date, -1))}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <Button size="lg" onClick={() => onDate(today(org.zone))}>
          Today
        </Button>
        <IconButton size="icon-lg" label="The day after" onClick={() => onDate(addDays(date, 1))}>
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
      <div className="flex gap-2">
        <Input
          type="date"
          aria-label="Day"
          className="h-10 w-40 shrink-0"
          value={date}
          onChange={(event) => event.target.value && onDate(event.target.value)}
        />
        <SearchInput
          label="Filter by name"
          className="min-w-0 flex-1 [&_input]:h-10"
          value={settings.filter.text}
          onValue={(text) => onSettings({ filter: { ...settings.filter, text } })}
        />
      </div>
      <label className="flex min-h-6 items-center gap-2 text-sm text-ink-soft">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={all}
          onChange={(event) => onAll(event.target.checked)}
        />
        Show who and what is free too
      </label>
    </header>
  );
}
