import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { countOf } from '#features/organisations/web/word-case.ts';
import { engagementsQuery, seriesQuery } from './engagement-queries.ts';

interface SeriesPickerProps {
  /** A series' id. */
  value: string | null;
  onValue: (id: string | null) => void;
  placeholder?: string;
  clearable?: boolean;
  id?: string;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** Finds a series by name. */
export function SeriesPicker({ value, onValue, placeholder, ...rest }: SeriesPickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const found = useQuery({
    ...seriesQuery(org.slug, { ...(q ? { q } : {}), limit: 50 }),
    placeholderData: keepPreviousData,
  });
  const items = found.data?.items ?? [];
  // There is no address of one series: when it isn't among those found, one of its engagements tells its name.
  const missing = value !== null && !items.some(({ series }) => series.id === value);
  const member = useQuery({ ...engagementsQuery(org.slug, { seriesId: value ?? '', limit: 1 }), enabled: missing });
  const word = org.words.series.one;
  return (
    <Combobox
      value={value}
      valueLabel={
        items.find(({ series }) => series.id === value)?.series.name ?? member.data?.items[0]?.seriesName ?? null
      }
      onValue={onValue}
      options={items.map(({ series, engagements }) => ({
        value: series.id,
        label: series.name,
        hint: countOf(engagements, org.words.engagement),
      }))}
      onQuery={setQuery}
      busy={found.isFetching}
      placeholder={placeholder ?? `Choose a ${word}…`}
      empty={q ? `No ${word} is called “${q}”.` : `There is no ${word} yet.`}
      {...rest}
    />
  );
}
