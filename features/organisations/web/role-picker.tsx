import { useQuery } from '@tanstack/react-query';
import { Access } from '#platform/contract/access.ts';
import { roles, type HeldRole, type Role } from '#platform/contract/contract.ts';
import { Select, type Option } from '#platform/ui/select.tsx';
import { useOrg } from './org-context.tsx';
import { rolesQuery } from './organisation-queries.ts';
import { builtInTitle, roleHints } from './role-words.ts';

/** A role as the API takes it. */
export interface ChosenRole {
  role: HeldRole;
  customRoleId: string | null;
}

interface RolePickerProps {
  value: ChosenRole;
  onValue: (value: ChosenRole) => void;
  /** Of the seven, those that can be chosen; all unless told. */
  among?: readonly Role[];
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

/** One of the seven roles or of the organisation's own: those that the reader may give. */
export function RolePicker({ value, onValue, among = roles, ...rest }: RolePickerProps) {
  const org = useOrg();
  const { data } = useQuery(rolesQuery(org.slug));
  const mine = Access.ofList(org.permissions);
  const mayGive = (permissions: readonly string[]) => mine.covers(Access.ofList(permissions));
  const builtIn = (data?.builtIn ?? []).filter(
    ({ role, permissions }) => among.includes(role) && (role === 'owner' ? org.role === 'owner' : mayGive(permissions)),
  );
  const options: Option[] = [
    ...builtIn.map(({ role }) => ({ value: role, label: builtInTitle(role), hint: roleHints[role] })),
    ...(data?.items ?? [])
      .filter(({ permissions }) => mayGive(permissions))
      .map(({ id, name }) => ({ value: id, label: name, hint: 'A role of your own.' })),
  ];
  const current = value.customRoleId ?? value.role;
  const choose = (chosen: string) => {
    const role = roles.find((candidate) => candidate === chosen);
    onValue(role ? { role, customRoleId: null } : { role: 'custom', customRoleId: chosen });
  };
  return <Select {...rest} value={data ? current : null} onValue={choose} options={options} placeholder="…" />;
}
