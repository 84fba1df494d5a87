import { useState } from 'react';
import { Access } from '#platform/contract/access.ts';
import { roles, type Role } from '#platform/contract/contract.ts';
import { Section } from '#platform/ui/table.tsx';
import { Select } from '#platform/ui/select.tsx';
import type { PolicyClause } from '../contract.ts';
import { groupClauses } from './clause-groups.ts';
import { builtInTitle, roleHints } from './role-words.ts';

interface BuiltInRolesProps {
  clauses: readonly PolicyClause[];
  builtIn: readonly { role: Role; permissions: readonly string[] }[];
}

/** What each of the seven roles may, to read. */
export function BuiltInRoles({ clauses, builtIn }: BuiltInRolesProps) {
  const [role, setRole] = useState<Role>('manager');
  const access = Access.ofList(builtIn.find((one) => one.role === role)?.permissions ?? []);
  const groups = groupClauses(clauses.filter(({ permission }) => access.can(permission, 'own')));
  return (
    <Section
      title="The seven roles"
      description="Every organisation has them, and they stay as they are."
      actions={
        <Select
          aria-label="Role to read about"
          className="w-48"
          value={role}
          onValue={setRole}
          options={roles.map((one) => ({ value: one, label: builtInTitle(one), hint: roleHints[one] }))}
        />
      }
    >
      <div className="rounded-lg border border-line bg-surface px-4 py-3 text-sm shadow-card">
        <p className="font-medium">A member with the role “{builtInTitle(role)}” may …</p>
        <dl className="mt-2 grid gap-2.5">
          {groups.map(({ title, clauses: its }) => (
            <div key={title} className="grid gap-x-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
              <dt className="text-ink-faint">{title}</dt>
              <dd>
                <ul className="text-pretty">
                  {its.map(({ permission, may }) => (
                    <li key={permission}>
                      {may}
                      {!access.can(permission) && <span className="text-ink-faint">, their own only</span>}
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
