import { useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, UserRound } from 'lucide-react';
import { useState } from 'react';
import { Access } from '#platform/contract/access.ts';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { CustomRole, Member } from '../contract.ts';
import { LinkDialog } from './link-dialog.tsx';
import { MemberMenu } from './member-menu.tsx';
import { useOrg } from './org-context.tsx';
import { organisationsApi } from './organisation-queries.ts';
import { RolePicker, type ChosenRole } from './role-picker.tsx';
import { roleTitle, seesOwn } from './role-words.ts';

interface MemberRowProps {
  member: Member;
  /** The reader. */
  self: boolean;
  roles: { items: readonly CustomRole[]; builtIn: readonly { role: string; permissions: string[] }[] } | undefined;
}

/** Who somebody is here, what they may, and when they were last seen. */
export function MemberRow({ member, self, roles }: MemberRowProps) {
  const org = useOrg();
  const toast = useToast();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'remove' | 'link' | null>(null);
  const params = { userId: member.userId };
  const change = useChange(org.slug, ['memberships'], (body: ChosenRole, call) =>
    organisationsApi.changeMember({ org: org.slug, params, body }, call),
  );
  const remove = useChange(org.slug, ['memberships'], (_: void, call) =>
    organisationsApi.removeMember({ org: org.slug, params }, call),
  );
  const failed = (failure: unknown) =>
    toast({ tone: 'danger', title: `${member.name} stays as before`, detail: errorText(failure) });
  const choose = (chosen: ChosenRole) =>
    change.mutate(chosen, {
      onError: failed,
      onSuccess: () => {
        if (self) void queries.invalidateQueries({ queryKey: ['me'] });
      },
    });
  const above = roles ? mayMore(org, member, roles) : true;
  const manages = org.can('members.manage') && !above;
  const unknown = org.can('members.manage') && seesOwn[member.role] !== undefined && member.persons.length === 0;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate" title={member.name}>
            {member.name}
          </span>
          {self && <Badge tone="outline">You</Badge>}
        </p>
        <p className="truncate text-xs text-ink-faint" title={member.email}>
          {member.email}
        </p>
        <Facts member={member} unknown={unknown} />
      </div>
      <div className="flex items-center gap-1">
        {manages ? (
          <RolePicker
            aria-label={`Role of ${member.name}`}
            className="w-40"
            value={member}
            disabled={change.isPending}
            onValue={choose}
          />
        ) : (
          <span className="max-w-40 truncate px-2 text-ink-soft" title={member.roleName}>
            {roleTitle(member.roleName)}
          </span>
        )}
        {org.can('members.manage') && (
          <MemberMenu
            name={member.name}
            onLink={() => setOpen('link')}
            onRemove={above || self ? undefined : () => setOpen('remove')}
          />
        )}
      </div>
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={() => setOpen(null)}
        title={`Remove ${member.name}?`}
        description={`Their access to ${org.name} ends within seconds. Their account stays.`}
        action="Remove member"
        onConfirm={() => remove.mutateAsync(undefined).catch(failed)}
      />
      {open === 'link' && <LinkDialog member={member} onClose={() => setOpen(null)} />}
    </li>
  );
}

function Facts({ member, unknown }: { member: Member; unknown: boolean }) {
  const org = useOrg();
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-soft">
      {member.secondFactor && (
        <span className="inline-flex items-center gap-1">
          <ShieldCheck aria-hidden className="size-3.5 text-good" /> Second factor
        </span>
      )}
      {member.secondFactor === false && <span>No second factor</span>}
      {org.can('members.manage') && (
        <span>{member.lastSeenAt ? `Seen ${formatAgo(member.lastSeenAt)}` : 'Not seen lately'}</span>
      )}
      {member.persons.map(({ id, kind, name }) => (
        <span key={id} className="inline-flex min-w-0 items-center gap-1">
          <UserRound aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{kind === 'party' ? `${name} (${org.words.party.one})` : name}</span>
        </span>
      ))}
      {unknown && <span className="text-on-hold-soft">Sees nothing yet: say which person they are.</span>}
    </p>
  );
}

/** What the server would refuse isn't offered. */
function mayMore(
  org: ReturnType<typeof useOrg>,
  { role, customRoleId }: Member,
  { items, builtIn }: NonNullable<MemberRowProps['roles']>,
): boolean {
  if (role === 'owner') return org.role !== 'owner';
  const held = customRoleId
    ? items.find(({ id }) => id === customRoleId)?.permissions
    : builtIn.find((one) => one.role === role)?.permissions;
  return !Access.ofList(org.permissions).covers(Access.ofList(held ?? []));
}
