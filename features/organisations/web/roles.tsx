import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Access } from '#platform/contract/access.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { CustomRole } from '../contract.ts';
import { BuiltInRoles } from './built-in-roles.tsx';
import { useOrg } from './org-context.tsx';
import { organisationsApi, rolesQuery } from './organisation-queries.ts';
import { RoleDialog } from './role-dialog.tsx';

/** The organisation's own roles, and what the seven may that everybody has. */
export function Roles() {
  const org = useOrg();
  const [editing, setEditing] = useState<CustomRole | 'new' | null>(null);
  const { data, error, refetch } = useQuery(rolesQuery(org.slug));
  const manages = org.can('members.manage');
  return (
    <>
      <Section
        title="Roles of your own"
        description="Made of permissions, for what the seven roles don’t fit. Changes work within seconds."
        actions={
          manages && (
            <Button size="sm" variant="primary" onClick={() => setEditing('new')} disabled={!data}>
              <Plus aria-hidden /> New role
            </Button>
          )
        }
      >
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={2} />}
        {data?.items.length === 0 && <p className="text-sm text-ink-faint">None yet.</p>}
        {data && data.items.length > 0 && (
          <CardList label="Roles of your own">
            {data.items.map((role) => (
              <RoleRow key={role.id} role={role} onEdit={manages ? () => setEditing(role) : undefined} />
            ))}
          </CardList>
        )}
      </Section>
      {data && <BuiltInRoles clauses={data.clauses} builtIn={data.builtIn} />}
      {editing && data && (
        <RoleDialog
          role={editing === 'new' ? undefined : editing}
          clauses={data.clauses}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function RoleRow({ role, onEdit }: { role: CustomRole; onEdit: (() => void) | undefined }) {
  const org = useOrg();
  const toast = useToast();
  const [removing, setRemoving] = useState(false);
  const remove = useChange(org.slug, ['custom_roles'], (_: void, call) =>
    organisationsApi.removeRole({ org: org.slug, params: { id: role.id } }, call),
  );
  const above = !Access.ofList(org.permissions).covers(Access.ofList(role.permissions));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium" title={role.name}>
          {role.name}
        </p>
        <p className="text-xs break-words text-ink-soft">
          {role.holders.length === 0 ? 'Nobody has it yet.' : `Had by ${role.holders.join(', ')}.`}
        </p>
      </div>
      {onEdit && !above && (
        <div className="flex items-center gap-1">
          <Button size="sm" aria-label={`Change ${role.name}`} onClick={onEdit}>
            Change
          </Button>
          <Button size="sm" variant="danger-ghost" aria-label={`Delete ${role.name}`} onClick={() => setRemoving(true)}>
            Delete
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Delete ${role.name}?`}
        description="Only a role that nobody has can be deleted."
        action="Delete role"
        onConfirm={() =>
          remove
            .mutateAsync(undefined)
            .catch((failure: unknown) =>
              toast({ tone: 'danger', title: `${role.name} stays`, detail: errorText(failure) }),
            )
        }
      />
    </li>
  );
}
