import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useFinding, type PickerProps } from '#platform/ui/use-finding.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { partyListQuery, partyQuery } from './party-queries.ts';

interface PartyPickerProps extends PickerProps {
  /** Only these. */
  kind?: 'person' | 'company';
  /** Not these: they are chosen already. */
  except?: readonly string[];
}

/** Finds a contact by name. */
export function PartyPicker({ value, kind, except = [], ...rest }: PartyPickerProps) {
  const org = useOrg();
  const { q, box } = useFinding(org.words.party.one);
  const found = useInfiniteQuery({
    ...partyListQuery(org.slug, { kind, q: q || undefined }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...partyQuery(org.slug, value ?? ''), enabled: value !== null });
  const options = (found.data?.pages.flatMap((page) => page.items) ?? [])
    .filter(({ id }) => !except.includes(id))
    .slice(0, 50)
    .map(({ id, name, email }) => ({ value: id, label: name, ...(email ? { hint: email } : {}) }));
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
