import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useFinding, type PickerProps } from '#platform/ui/use-finding.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { countOf } from '#features/organisations/web/word-case.ts';
import { engagementsQuery, seriesQuery } from './engagement-queries.ts';

/** Finds a series by name. */
export function SeriesPicker({ value, ...rest }: PickerProps) {
  const org = useOrg();
  const { q, box } = useFinding(org.words.series.one);
  const found = useQuery({
    ...seriesQuery(org.slug, { ...(q ? { q } : {}), limit: 50 }),
    placeholderData: keepPreviousData,
  });
  const items = found.data?.items ?? [];
  // There is no address of one series: when it isn't among those found, one of its engagements tells its name.
  const missing = value !== null && !items.some(({ series }) => series.id === value);
  const member = useQuery({ ...engagementsQuery(org.slug, { seriesId: value ?? '', limit: 1 }), enabled: missing });
  return (
    <Combobox
      {...box}
      value={value}
      valueLabel={
        items.find(({ series }) => series.id === value)?.series.name ?? member.data?.items[0]?.seriesName ?? null
      }
      options={items.map(({ series, engagements }) => ({
        value: series.id,
        label: series.name,
        hint: countOf(engagements, org.words.engagement),
      }))}
      busy={found.isFetching}
      {...rest}
    />
  );
}
