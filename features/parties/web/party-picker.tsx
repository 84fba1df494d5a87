import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { partyListQuery, partyQuery } from './party-queries.ts';

interface PartyPickerProps {
  /** A contact's id. */
  value: string | null;
  onValue: (id: string | null) => void;
  clearable?: boolean;
  /** Only these. */
  kind?: 'person' | 'company';
  /** Not these: they are chosen already. */
  except?: readonly string[];
  placeholder?: string;
  'aria-label'?: string;
  id?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** Finds a contact by name. */
export function PartyPicker({ value, onValue, kind, except = [], ...rest }: PartyPickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const found = useInfiniteQuery({
    ...partyListQuery(org.slug, { kind, q: q || undefined }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...partyQuery(org.slug, value ?? ''), enabled: value !== null });
  const word = org.words.party.one;
  const options = (found.data?.pages.flatMap((page) => page.items) ?? [])
    .filter(({ id }) => !except.includes(id))
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
