import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '#platform/ui/combobox.tsx';
import { useOrg } from './org-context.tsx';
import { membersQuery } from './organisation-queries.ts';

interface MemberPickerProps {
  /** A member's account. */
  value: string | null;
  onValue: (userId: string | null) => void;
  placeholder?: string;
  clearable?: boolean;
  id?: string;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** One of those who belong to the organisation. */
export function MemberPicker({
  value,
  onValue,
  placeholder = 'Nobody yet',
  clearable = true,
  ...rest
}: MemberPickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const members = useQuery({ ...membersQuery(org.slug), enabled: org.can('members.read') });
  const all = (members.data?.items ?? []).map(({ userId, name, email }) => ({
    value: userId,
    label: name,
    hint: email,
  }));
  const wanted = query.trim().toLocaleLowerCase();
  return (
    <Combobox
      {...rest}
      value={value}
      valueLabel={all.find((member) => member.value === value)?.label ?? null}
      onValue={onValue}
      options={all.filter(({ label }) => label.toLocaleLowerCase().includes(wanted))}
      onQuery={setQuery}
      busy={members.isFetching}
      clearable={clearable}
      placeholder={placeholder}
      empty="Nobody is called that."
    />
  );
}

/** Name of a member by their account, for those who may see who belongs here. */
export function useMemberName(): (userId: string | null) => string | undefined {
  const org = useOrg();
  const members = useQuery({ ...membersQuery(org.slug), enabled: org.can('members.read') });
  return (userId) => members.data?.items.find((member) => member.userId === userId)?.name;
}
