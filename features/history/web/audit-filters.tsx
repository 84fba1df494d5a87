import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { Button } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { DatesFilter } from '#platform/ui/dates-filter.tsx';
import { FilterBar } from '#platform/ui/filter-bar.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { readAuditSearch, type AuditSearch } from './audit-search.ts';
import { entityWords } from './audit-words.ts';
import { actorsQuery } from './history-queries.ts';

interface AuditFiltersProps {
  search: AuditSearch;
  onChange: (part: AuditSearch) => void;
}

const operationOptions = [
  { value: 'insert', label: 'Added' },
  { value: 'update', label: 'Changed' },
  { value: 'delete', label: 'Removed' },
  { value: 'denied', label: 'Refused access' },
  { value: 'looked', label: 'Looks and exports' },
];

/** Who, what and when; the address keeps them. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const org = useOrg();
  const actors = useQuery(actorsQuery(org.slug));
  const entities = Object.entries(entityWords(org.pack))
    .map(([value, word]) => ({ value, label: capital(word) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const set = [search.actor, search.entity, search.operation, search.from ?? search.to].filter(Boolean).length;
  return (
    <>
      <FilterBar count={set} search={<RecordSearch record={search.record} onChange={onChange} />}>
        <Combobox
          aria-label="Who"
          placeholder="Anybody"
          clearable
          className="w-44 max-sm:flex-1"
          value={search.actor ?? null}
          valueLabel={actors.data?.items.find(({ actor }) => actor === search.actor)?.name ?? search.actor}
          onValue={(actor) => onChange({ actor: actor ?? undefined })}
          options={(actors.data?.items ?? []).map(({ actor, name }) => ({ value: actor, label: name }))}
        />
        <Combobox
          aria-label="What was done"
          placeholder="Anything done"
          clearable
          className="w-44 max-sm:flex-1"
          value={search.operation ?? null}
          onValue={(value) => onChange({ operation: readAuditSearch({ operation: value }).operation })}
          options={operationOptions}
        />
        <Combobox
          aria-label="Kind of record"
          placeholder="Any record"
          clearable
          className="w-44 max-sm:flex-1"
          value={search.entity ?? null}
          valueLabel={search.entity ? capital(entityWords(org.pack)[search.entity] ?? search.entity) : null}
          onValue={(entity) => onChange({ entity: entity ?? undefined })}
          options={entities}
        />
        <DatesFilter any="Any time" dates={search} onChange={onChange} />
      </FilterBar>
      <Narrowed label="One session" value={search.session} onClear={() => onChange({ session: undefined })} />
      <Narrowed label="One request" value={search.request} onClear={() => onChange({ request: undefined })} />
    </>
  );
}

/** Takes a record's id, as entries and answers of the API show it. */
function RecordSearch({ record, onChange }: { record: string | undefined; onChange: AuditFiltersProps['onChange'] }) {
  const [typed, setTyped] = useState(record ?? '');
  const [seen, setSeen] = useState(record);
  // An entry's own link may have set it.
  if (record !== seen) {
    setSeen(record);
    if (record !== undefined) setTyped(record);
  }
  const change = (value: string) => {
    setTyped(value);
    onChange({ record: readAuditSearch({ record: value.trim() }).record });
  };
  const wrong = typed.trim() !== '' && record === undefined;
  return (
    <div className="min-w-0 flex-1 sm:w-64 sm:flex-none">
      <SearchInput label="Id of a record" value={typed} onValue={change} aria-invalid={wrong || undefined} />
      {wrong && <p className="mt-1 text-xs text-danger">Paste a whole id, like those in the entries below.</p>}
    </div>
  );
}

/** A filter that an entry set, with its way out. */
function Narrowed({ label, value, onClear }: { label: string; value: string | undefined; onClear: () => void }) {
  if (!value) return null;
  return (
    <Button size="md" onClick={onClear} title={value} aria-label={`${label}: take this filter away`}>
      {label} <X aria-hidden />
    </Button>
  );
}
