import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '#platform/ui/button.tsx';
import { DayInput, SearchInput } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { readRosterSearch, type RosterSearch } from './roster-search.ts';

/** Whom to look for, on which day, and whether only where somebody is missing. */
export function RosterFilters({ search, on }: { search: RosterSearch; on: string }) {
  const org = useOrg();
  const navigate = useNavigate();
  // A date that is being typed passes through the year 2: only a whole one is looked up.
  const [draft, setDraft] = useState<string | null>(null);
  const narrow = (part: RosterSearch) =>
    void navigate({
      to: '/o/$org/roster',
      params: { org: org.slug },
      search: { ...search, ...part },
      replace: true,
    });
  return (
    <div className="flex w-full flex-wrap items-center gap-2 print:hidden">
      <SearchInput
        label="Search people and instruments"
        value={search.q ?? ''}
        onValue={(q) => narrow({ q: q || undefined })}
        className="w-full sm:w-72"
      />
      <DayInput
        aria-label="As of"
        value={draft ?? on}
        onValue={(day) => {
          setDraft(day);
          const { on: known } = readRosterSearch({ on: day });
          if (known) narrow({ on: known });
        }}
        onBlur={() => setDraft(null)}
        className="w-38"
      />
      <Button
        aria-pressed={search.open === true}
        onClick={() => narrow({ open: search.open ? undefined : true })}
        className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-on-accent-soft"
      >
        Vacant or away
      </Button>
      {search.on && (
        <Button
          variant="ghost"
          onClick={() => {
            setDraft(null);
            narrow({ on: undefined });
          }}
        >
          Today
        </Button>
      )}
    </div>
  );
}
