import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Button } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { FilterBar } from '#platform/ui/filter-bar.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import type { ResourceKind } from '../contract.ts';
import { facetsQuery } from './resource-queries.ts';
import { readResourceSearch, type ResourceSearch } from './resource-search.ts';

/** Search by name, skill and tag; the address keeps it. */
export function ResourceFilters({ kind }: { kind: ResourceKind }) {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ strict: false, select: (raw) => readResourceSearch(raw) });
  const { data: facets } = useQuery(facetsQuery(org.slug));
  const narrow = (part: ResourceSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const options = (words: readonly string[] = []) => words.map((word) => ({ value: word, label: word }));
  return (
    <FilterBar
      count={[search.skill, search.tag, search.archived].filter(Boolean).length}
      search={
        <SearchInput
          label={`Search ${org.words[kind].many}`}
          value={search.q ?? ''}
          onValue={(q) => narrow({ q: q || undefined })}
          className="min-w-0 flex-1 sm:w-64 sm:flex-none"
        />
      }
    >
      {kind === 'person' && (
        <Combobox
          aria-label="Skill"
          placeholder="Any skill"
          clearable
          className="w-44 max-sm:flex-1"
          value={search.skill ?? null}
          valueLabel={search.skill}
          onValue={(skill) => narrow({ skill: skill ?? undefined })}
          options={options(facets?.skills)}
          empty="No skills are in use yet."
        />
      )}
      <Combobox
        aria-label="Tag"
        placeholder="Any tag"
        clearable
        className="w-36 max-sm:flex-1"
        value={search.tag ?? null}
        valueLabel={search.tag}
        onValue={(tag) => narrow({ tag: tag ?? undefined })}
        options={options(facets?.tags)}
        empty="No tags are in use yet."
      />
      <Button
        variant={search.archived ? 'secondary' : 'ghost'}
        aria-pressed={search.archived ?? false}
        onClick={() => narrow({ archived: search.archived ? undefined : true })}
      >
        <Archive aria-hidden /> Archived
      </Button>
    </FilterBar>
  );
}
