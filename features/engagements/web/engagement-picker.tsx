import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { formatTime } from '#platform/time/format.ts';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useFinding, type PickerProps } from '#platform/ui/use-finding.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { engagementQuery, engagementsQuery } from './engagement-queries.ts';

interface EngagementPickerProps extends PickerProps {
  /** Only engagements that end after this instant. */
  from?: string;
}

/** Finds an engagement by its title. */
export function EngagementPicker({ value, from, ...rest }: EngagementPickerProps) {
  const org = useOrg();
  const { q, box } = useFinding(org.words.engagement.one);
  const filter = { ...(q ? { q } : {}), ...(from ? { from } : {}), limit: 30 };
  const found = useQuery({ ...engagementsQuery(org.slug, filter), placeholderData: keepPreviousData });
  const chosen = useQuery({ ...engagementQuery(org.slug, value ?? ''), enabled: value !== null });
  const options = (found.data?.items ?? []).map(({ id, title, startsAt, zone }) => ({
    value: id,
    label: title,
    hint: formatTime(startsAt, zone ?? org.zone, 'date'),
  }));
  return (
    <Combobox
      {...box}
      value={value}
      valueLabel={chosen.data?.engagement.title ?? null}
      options={options}
      busy={found.isFetching}
      {...rest}
    />
  );
}
