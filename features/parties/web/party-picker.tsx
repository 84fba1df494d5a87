import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orgKey } from '#platform/client/query-client.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { partiesApi, partyListQuery } from './party-queries.ts';

interface PartyPickerProps {
  /** A contact's id. */
  value: string | null;
  onValue: (id: string | null) => void;
  clearable?: boolean;
  id?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** Finds a contact by name. */
export function PartyPicker({ value, onValue, ...rest }: PartyPickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const found = useInfiniteQuery({ ...partyListQuery(org.slug, q || undefined), placeholderData: keepPreviousData });
  const chosen = useQuery({
    queryKey: orgKey(org.slug, 'parties', value),
    queryFn: ({ signal }) => partiesApi.get({ org: org.slug, params: { id: value ?? '' } }, { signal }),
    enabled: value !== null,
  });
  const word = org.words.party.one;
  const options = (found.data?.pages.flatMap((page) => page.items) ?? [])
    .slice(0, 50)
    .map(({ id, name, email }) => ({ value: id, label: name, ...(email ? { hint: email } : {}) }));
  return (
    <Combobox
      value={value}
      valueLabel={chosen.data?.name ?? null}
      onValue={onValue}
      options={options}
      onQuery={setQuery}
      busy={found.isFetching}
      placeholder={`Choose a ${word}…`}
      empty={q ? `No ${word} is called “${q}”.` : `There is no ${word} yet.`}
      {...rest}
    />
  );
}
