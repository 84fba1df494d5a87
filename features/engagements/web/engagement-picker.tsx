import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { engagementQuery, engagementsQuery } from './engagement-queries.ts';

interface EngagementPickerProps {
  /** An engagement's id. */
  value: string | null;
  onValue: (id: string | null) => void;
  /** Only engagements that end after this instant. */
  from?: string;
  placeholder?: string;
  clearable?: boolean;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** Finds an engagement by its title. */
export function EngagementPicker({ value, onValue, from, placeholder, ...rest }: EngagementPickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const filter = { ...(q ? { q } : {}), ...(from ? { from } : {}), limit: 30 };
  const found = useQuery({ ...engagementsQuery(org.slug, filter), placeholderData: keepPreviousData });
  const chosen = useQuery({ ...engagementQuery(org.slug, value ?? ''), enabled: value !== null });
  const word = org.words.engagement.one;
  const options = (found.data?.items ?? []).map(({ id, title, startsAt, zone }) => ({
    value: id,
    label: title,
    hint: formatTime(startsAt, zone ?? org.zone, 'date'),
  }));
  return (
    <Combobox
      value={value}
      valueLabel={chosen.data?.engagement.title ?? null}
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
