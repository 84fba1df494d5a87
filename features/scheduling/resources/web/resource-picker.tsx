import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useFinding, type PickerProps } from '#platform/ui/use-finding.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ResourceKind } from '../contract.ts';
import { resourceQuery, resourcesQuery } from './resource-queries.ts';

interface ResourcePickerProps extends PickerProps {
  /** Only people, places or things. */
  kind?: ResourceKind;
  /** Left out of the list: the resource itself, those already chosen. */
  except?: readonly string[];
}

/** Finds a person, place or thing by name. */
export function ResourcePicker({ value, kind, except = [], ...rest }: ResourcePickerProps) {
  const org = useOrg();
  const { q, box } = useFinding(kind ? org.words[kind].one : 'resource');
  const found = useQuery({
    ...resourcesQuery(org.slug, { ...(kind ? { kind } : {}), ...(q ? { q } : {}), limit: 30 }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...resourceQuery(org.slug, value ?? ''), enabled: value !== null });
  const options = (found.data?.items ?? [])
    .filter(({ id }) => !except.includes(id))
    .map(({ id, name, skills, kind: itsKind, tags }) => ({
      value: id,
      label: name,
      hint: skills.map(({ skill }) => skill).join(', ') || (kind ? tags.join(', ') : org.words[itsKind].one),
    }));
  return (
    <Combobox
      {...box}
      value={value}
      valueLabel={chosen.data?.name ?? null}
      options={options}
      busy={found.isFetching}
      {...rest}
    />
  );
}
