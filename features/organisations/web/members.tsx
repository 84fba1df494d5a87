import { useQuery } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { type Role, type RouteOutput } from '#platform/contract/contract.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { organisations } from '../contract.ts';
import { useOrg } from './org-context.tsx';
import { membersQuery, organisationsApi } from './organisation-queries.ts';
import { capital } from './word-case.ts';

type Member = RouteOutput<typeof organisations.routes.listMembers>['items'][number];

export const roleOptions = [
  { value: 'owner', label: 'Owner', hint: 'Everything, members and keys too.' },
  { value: 'manager', label: 'Manager', hint: 'Books and confirms.' },
  { value: 'staff', label: 'Staff', hint: 'Reads, holds, doesn’t commit.' },
] as const satisfies readonly { value: Role; label: string; hint: string }[];

/** Who belongs to the organisation, and as what. */
export function Members() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(membersQuery(org.slug));
  const manages = org.can('members.manage');
  return (
    <Section title="Members" description="They sign in with their own account. A change of role works within seconds.">
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      {data && (
        <CardList label="Members">
          {data.items.map((member) => (
            <MemberRow key={member.userId} member={member} manages={manages} />
          ))}
        </CardList>
      )}
    </Section>
  );
}

function MemberRow({ member, manages }: { member: Member; manages: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const [removing, setRemoving] = useState(false);
  const params = { userId: member.userId };
  const change = useChange(org.slug, ['memberships'], (role: Role, call) =>
    organisationsApi.changeMember({ org: org.slug, params, body: { role } }, call),
  );
  const remove = useChange(org.slug, ['memberships'], (_: void, call) =>
    organisationsApi.removeMember({ org: org.slug, params }, call),
  );
  const failed = (failure: unknown) =>
    toast({ tone: 'danger', title: `${member.name} stays as before`, detail: errorText(failure) });
  return (
    <li className="flex items-center gap-3 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={member.name}>
          {member.name}
        </p>
        <p className="truncate text-xs text-ink-faint" title={member.email}>
          {member.email}
        </p>
      </div>
      {manages && member.role !== 'custom' ? (
        <>
          <Select
            aria-label={`Role of ${member.name}`}
            className="w-28"
            value={member.role}
            onValue={(role) => change.mutate(role, { onError: failed })}
            options={roleOptions}
          />
          <IconButton label={`Remove ${member.name}`} size="icon-sm" onClick={() => setRemoving(true)}>
            <UserMinus aria-hidden />
          </IconButton>
        </>
      ) : (
        <span className="text-ink-soft">{capital(member.role)}</span>
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${member.name}?`}
        description={`Their access to ${org.name} ends within seconds. Their account stays.`}
        action="Remove member"
        onConfirm={() => remove.mutateAsync(undefined).catch(failed)}
      />
    </li>
  );
}
