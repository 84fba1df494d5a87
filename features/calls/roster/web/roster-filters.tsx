import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '#platform/ui/button.tsx';
import { Input, SearchInput } from '#platform/ui/input.tsx';
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
      <Input
        type="date"
        aria-label="As of"
        min="1900-01-01"
        max="2199-12-31"
        value={draft ?? on}
        onChange={({ target }) => {
          setDraft(target.value);
          const { on: day } = readRosterSearch({ on: target.value });
          if (day) narrow({ on: day });
        }}
        onBlur={() => setDraft(null)}
        className="w-38 tabular-nums"
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
