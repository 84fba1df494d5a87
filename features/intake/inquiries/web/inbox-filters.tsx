import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '#features/organisations/web/organisation-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import { inquiryCountsQuery } from './inquiry-queries.ts';
import { statesOf, views, viewWords, type InboxSearch } from './inbox-search.ts';

interface InboxFiltersProps {
  search: InboxSearch;
  onChange: (part: InboxSearch) => void;
}

/** Which of them the list shows. */
export function InboxFilters({ search, onChange }: InboxFiltersProps) {
  const org = useOrg();
  const { data: counts } = useQuery(inquiryCountsQuery(org.slug));
  const members = useQuery({ ...membersQuery(org.slug), enabled: org.can('members.read') });
  const forms = counts?.forms ?? [];
  const labels = counts?.labels ?? [];
  const count = (view: (typeof views)[number]) =>
    statesOf[view].reduce((sum, state) => sum + (counts?.states[state] ?? 0), 0);
  return (
    <>
      <SearchInput
        label={`Search ${org.words.inquiry.many}`}
        value={search.q ?? ''}
        onValue={(next) => onChange({ q: next || undefined })}
        className="w-full"
      />
      <Select
        aria-label="State"
        value={search.view ?? 'open'}
        onValue={(view) => onChange({ view: view === 'open' ? undefined : view })}
        options={views.map((view) => ({ value: view, label: `${viewWords[view]} (${count(view)})` }))}
        className="w-auto min-w-36 flex-1"
      />
      <Select
        aria-label="Who sees to it"
        value={search.whose ?? 'any'}
        onValue={(whose) => onChange({ whose: whose === 'any' ? undefined : whose })}
        options={[
          { value: 'any', label: 'Anybody’s' },
          { value: 'me', label: 'Mine' },
          { value: 'nobody', label: 'Nobody’s' },
          ...(members.data?.items ?? []).map(({ userId, name }) => ({ value: userId, label: name })),
        ]}
        className="w-auto min-w-28 flex-1"
      />
      {(forms.length > 1 || search.form) && (
        <Select
          aria-label="Form"
          value={search.form ?? 'any'}
          onValue={(form) => onChange({ form: form === 'any' ? undefined : form })}
          options={[
            { value: 'any', label: 'Any form' },
            ...forms.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          className="w-auto min-w-28 flex-1"
        />
      )}
      {(labels.length > 0 || search.label) && (
        <Select
          aria-label="Label"
          value={search.label ?? ' '}
          onValue={(label) => onChange({ label: label === ' ' ? undefined : label })}
          options={[{ value: ' ', label: 'Any label' }, ...labels.map((label) => ({ value: label, label }))]}
          className="w-auto min-w-28 flex-1"
        />
      )}
    </>
  );
}
