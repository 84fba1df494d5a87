import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ResourceKind } from '../contract.ts';
import { resourceQuery, resourcesQuery } from './resource-queries.ts';

interface ResourcePickerProps {
  /** A resource's id. */
  value: string | null;
  onValue: (id: string | null) => void;
  /** Only people, places or things. */
  kind?: ResourceKind;
  placeholder?: string;
  clearable?: boolean;
  /** Left out of the list: the resource itself, those already chosen. */
  except?: readonly string[];
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** Finds a person, place or thing by name. */
export function ResourcePicker({ value, onValue, kind, except = [], placeholder, ...rest }: ResourcePickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const found = useQuery({
    ...resourcesQuery(org.slug, { ...(kind ? { kind } : {}), ...(q ? { q } : {}), limit: 30 }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...resourceQuery(org.slug, value ?? ''), enabled: value !== null });
  const word = kind ? org.words[kind].one : 'resource';
  const options = (found.data?.items ?? [])
    .filter(({ id }) => !except.includes(id))
    .map(({ id, name, skills, kind: itsKind, tags }) => ({
      value: id,
      label: name,
      hint: skills.map(({ skill }) => skill).join(', ') || (kind ? tags.join(', ') : org.words[itsKind].one),
    }));
  return (
    <Combobox
      value={value}
      valueLabel={chosen.data?.name ?? null}
      onValue={onValue}
      options={options}
      onQuery={setQuery}
      busy={found.isFetching}
      placeholder={placeholder ?? `Choose a ${word}…`}
      empty={q ? `No ${word} is called “${q}”.` : `There is no ${word} yet.`}
      {...rest}
    />
  );
}
