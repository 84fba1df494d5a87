import { packs } from '#features/organisations/packs/packs.ts';
import { MemberPicker } from '#features/organisations/web/member-picker.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { DatesFilter } from '#platform/ui/dates-filter.tsx';
import { FilterBar } from '#platform/ui/filter-bar.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import type { PackName } from '#features/organisations/packs/pack.ts';
import type { PipelineSearch, PipelineView } from './pipeline-search.ts';

interface PipelineFiltersProps {
  search: PipelineSearch;
  view: PipelineView;
  pack: PackName;
  onChange: (part: PipelineSearch) => void;
}

/** Which view, and what of the pipeline; the address keeps it. */
export function PipelineFilters({ search, view, pack, onChange }: PipelineFiltersProps) {
  const org = useOrg();
  const set = [search.lead, search.party, search.from ?? search.to].filter(Boolean).length;
  const views = [
    { value: 'board' as const, label: 'Board' },
    { value: 'list' as const, label: 'List' },
    ...(org.can('engagements.value') ? [{ value: 'forecast' as const, label: 'Forecast' }] : []),
  ];
  return (
    <FilterBar
      count={set}
      search={
        <Segmented
          label="View"
          value={view}
          onValue={(next) => onChange({ view: next === 'board' ? undefined : next })}
          options={views}
        />
      }
    >
      {org.packs.length > 1 && (
        <Select
          aria-label="Kind of work"
          className="w-36"
          value={pack}
          onValue={(next) => onChange({ pack: next })}
          options={org.packs.map((name) => ({ value: name, label: packs[name].label }))}
        />
      )}
      {org.can('members.read') && (
        <div className="w-44">
          <MemberPicker
            aria-label="Responsible"
            placeholder="Everybody’s"
            value={search.lead ?? null}
            onValue={(lead) => onChange({ lead: lead ?? undefined })}
          />
        </div>
      )}
      {org.can('parties.read') && (
        <div className="w-44">
          <PartyPicker
            aria-label={capital(org.words.party.one)}
            placeholder={`Any ${org.words.party.one}`}
            clearable
            value={search.party ?? null}
            onValue={(party) => onChange({ party: party ?? undefined })}
          />
        </div>
      )}
      {view !== 'forecast' && <DatesFilter any="Dates" dates={search} onChange={onChange} />}
    </FilterBar>
  );
}
