import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Access, type Reach } from '#platform/contract/access.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import type { CustomRole, PolicyClause } from '../contract.ts';
import { ClauseChoices } from './clause-choices.tsx';
import { useOrg } from './org-context.tsx';
import { organisationsApi } from './organisation-queries.ts';

/** What a role may, said in sentences. Only what one may oneself can be given. */
export function RoleDialog({
  role,
  clauses,
  onClose,
}: {
  role: CustomRole | undefined;
  clauses: readonly PolicyClause[];
  onClose: () => void;
}) {
  const org = useOrg();
  const queries = useQueryClient();
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Reach>>(() => reachesOf(clauses, role));
  const save = useChange(org.slug, ['custom_roles'], (_: void, call) => {
    const permissions = [...chosen].map(([permission, reach]) => (reach === 'own' ? `${permission}:own` : permission));
    return role
      ? organisationsApi.changeRole(
          { org: org.slug, params: { id: role.id }, body: { version: role.version, name, permissions } },
          call,
        )
      : organisationsApi.createRole({ org: org.slug, body: { name, permissions } }, call);
  });
  const choose = (permission: string, reach: Reach | null) =>
    setChosen((before) => {
      const after = new Map(before);
      if (reach) after.set(permission, reach);
      else after.delete(permission);
      return after;
    });
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        // It may be the reader's own.
        void queries.invalidateQueries({ queryKey: ['me'] });
        onClose();
      },
    });
  const who = name.trim() || 'Whoever has this role';
  return (
    <Dialog open onOpenChange={onClose} title={role ? `Change ${role.name}` : 'New role'} size="lg" as="panel">
      <form
        id="role"
        className="grid gap-5 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FieldFrame label="Name">
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FieldFrame>
        <ClauseChoices who={who} clauses={clauses} chosen={chosen} onChoose={choose} />
      </form>
      <DialogFooter>
        {save.error && <ErrorNotice error={save.error} className="basis-full" />}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" form="role" variant="primary" busy={save.isPending} disabled={name.trim() === ''}>
          {role ? 'Save role' : 'Make role'}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function reachesOf(clauses: readonly PolicyClause[], role: CustomRole | undefined): Map<string, Reach> {
  const access = Access.ofList(role?.permissions ?? []);
  const reaches = new Map<string, Reach>();
  for (const { permission, common } of clauses) {
    const reach = common ? 'all' : access.reach(permission);
    if (reach) reaches.set(permission, reach);
  }
  return reaches;
}
