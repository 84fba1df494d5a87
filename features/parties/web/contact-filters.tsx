import { useQuery } from '@tanstack/react-query';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { FilterBar } from '#platform/ui/filter-bar.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import type { ContactsSearch } from './contacts-search.ts';
import { partyRolesQuery } from './party-queries.ts';

const any = 'any';

/** Search and filters of the list; the address keeps them. */
export function ContactFilters({
  search,
  onChange,
}: {
  search: ContactsSearch;
  onChange: (part: ContactsSearch) => void;
}) {
  const org = useOrg();
  const { data } = useQuery(partyRolesQuery(org.slug));
  const used = data?.items.map(({ role }) => role) ?? [];
  const roles = [...new Set([...used, ...org.packs.flatMap((name) => packs[name].partyRoles)])];
  return (
    <FilterBar
      count={[search.kind, search.role].filter(Boolean).length}
      search={
        <SearchInput
          label={`Search ${org.words.party.many}`}
          value={search.q ?? ''}
          onValue={(q) => onChange({ q: q || undefined })}
          className="min-w-0 flex-1 sm:w-64 sm:flex-none"
        />
      }
    >
      <Select
        aria-label="Kind"
        className="w-full sm:w-36"
        value={search.kind ?? any}
        onValue={(kind) => onChange({ kind: kind === any ? undefined : kind })}
        options={[
          { value: any, label: 'All kinds' },
          { value: 'person', label: 'People' },
          { value: 'company', label: 'Companies' },
        ]}
      />
      <Select
        aria-label="Role"
        className="w-full sm:w-44"
        value={search.role ?? any}
        onValue={(role) => onChange({ role: role === any ? undefined : role })}
        options={[{ value: any, label: 'All roles' }, ...roles.map((role) => ({ value: role, label: role }))]}
      />
    </FilterBar>
  );
}
