import { useOrg } from '#features/organisations/web/org-context.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { DatesFilter } from '#platform/ui/dates-filter.tsx';
import { FilterBar } from '#platform/ui/filter-bar.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import { SeriesPicker } from './series-picker.tsx';

interface EngagementFiltersProps {
  search: EngagementSearch;
  /** What the list shows; it isn't always what was asked for (see the list). */
  when: 'coming' | 'all';
  onChange: (part: EngagementSearch) => void;
}

const whenOptions = [
  { value: 'coming', label: 'Coming up' },
  { value: 'all', label: 'All' },
] as const;

/** Search and filters of the list; the address keeps them. */
export function EngagementFilters({ search, when, onChange }: EngagementFiltersProps) {
  const org = useOrg();
  const stages = org.packs.flatMap((name) => packs[name].stages);
  const stageOptions = [...new Map(stages.map(({ key, label }) => [key, { value: key, label }])).values()];
  const set = [search.stage, search.series, search.place, search.from ?? search.to].filter(Boolean).length;
  return (
    <FilterBar
      count={set}
      search={
        <SearchInput
          label={`Search ${org.words.engagement.many}`}
          value={search.q ?? ''}
          onValue={(q) => onChange({ q: q || undefined })}
          className="min-w-0 flex-1 sm:w-56 sm:flex-none"
        />
      }
    >
      <Segmented
        label="Which"
        value={when}
        onValue={(value) => onChange({ when: value === 'all' ? 'all' : undefined, from: undefined, to: undefined })}
        options={whenOptions}
      />
      <DatesFilter any="Dates" dates={search} onChange={onChange} />
      <Combobox
        aria-label="Stage"
        placeholder="Any stage"
        clearable
        className="w-36 max-sm:flex-1"
        value={search.stage ?? null}
        onValue={(stage) => onChange({ stage: stage ?? undefined })}
        options={stageOptions}
      />
      {org.can('engagements.read') && (
        <SeriesPicker
          aria-label={org.words.series.one}
          placeholder={`Any ${org.words.series.one}`}
          clearable
          className="w-44 max-sm:flex-1"
          value={search.series ?? null}
          onValue={(series) => onChange({ series: series ?? undefined })}
        />
      )}
      {org.can('resources.read') && (
        <ResourcePicker
          aria-label={org.words.place.one}
          kind="place"
          placeholder={`Any ${org.words.place.one}`}
          clearable
          className="w-40 max-sm:flex-1"
          value={search.place ?? null}
          onValue={(place) => onChange({ place: place ?? undefined })}
        />
      )}
    </FilterBar>
  );
}
