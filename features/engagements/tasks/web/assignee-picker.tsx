import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { membersQuery } from '#features/organisations/web/organisation-queries.ts';
import { resourcesQuery } from '#features/scheduling/resources/web/resource-queries.ts';

export interface Assignee {
  userId: string | null;
  resourceId: string | null;
}

interface AssigneePickerProps {
  value: Assignee;
  /** Of who has it now, as the task says it. */
  name?: string | null;
  onValue: (assignee: Assignee) => void;
  placeholder?: string;
  id?: string;
  className?: string;
  'aria-label'?: string;
}

/** A member by their account, or any person of the organisation. */
export function AssigneePicker({ value, name, onValue, placeholder = 'Nobody yet', ...rest }: AssigneePickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const q = useSettled(query.trim(), 120);
  const members = useQuery({ ...membersQuery(org.slug), enabled: org.can('members.read') });
  const people = useQuery({
    ...resourcesQuery(org.slug, { kind: 'person', ...(q ? { q } : {}), limit: 30 }),
    placeholderData: keepPreviousData,
    enabled: org.can('resources.read'),
  });
  const fits = (label: string) => label.toLocaleLowerCase().includes(q.toLocaleLowerCase());
  const options = [
    ...(members.data?.items ?? [])
      .filter((member) => fits(member.name))
      .map((member) => ({ value: `user:${member.userId}`, label: member.name, hint: 'Member' })),
    ...(people.data?.items ?? []).map((person) => ({
      value: `person:${person.id}`,
      label: person.name,
      hint: person.skills.map(({ skill }) => skill).join(', ') || org.words.person.one,
    })),
  ];
  const chosen = value.userId ? `user:${value.userId}` : value.resourceId ? `person:${value.resourceId}` : null;
  return (
    <Combobox
      {...rest}
      value={chosen}
      valueLabel={options.find((option) => option.value === chosen)?.label ?? (chosen ? name : null)}
      onValue={(next) => onValue(assigneeOf(next))}
      options={options}
      onQuery={setQuery}
      busy={people.isFetching}
      clearable
      placeholder={placeholder}
      empty="Nobody is called that."
    />
  );
}

function assigneeOf(value: string | null): Assignee {
  const [kind, id = null] = value?.split(':') ?? [];
  return { userId: kind === 'user' ? id : null, resourceId: kind === 'person' ? id : null };
}
