import { useQuery } from '@tanstack/react-query';
import { Mail, Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { roleTitle } from '#features/organisations/web/role-words.ts';
import type { Invitation } from '../contract.ts';
import { invitationsApi, invitationsQuery } from './invitation-queries.ts';
import { InviteDialog } from './invite-dialog.tsx';

/** Who is asked to join and hasn't yet. */
export function Invitations() {
  const org = useOrg();
  const [inviting, setInviting] = useState(false);
  const manages = org.can('invitations.manage');
  const { data, error, refetch } = useQuery({ ...invitationsQuery(org.slug), enabled: manages });
  if (!manages) return null;
  return (
    <Section
      title="Invitations"
      description="A mail with a link to join. It works once, for fourteen days."
      actions={
        <Button size="sm" variant="primary" onClick={() => setInviting(true)}>
          <Plus aria-hidden /> Invite somebody
        </Button>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="text-sm text-ink-faint">Nobody is being waited for.</p>}
      {data && data.items.length > 0 && (
        <CardList label="Invitations">
          {data.items.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </CardList>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const org = useOrg();
  const toast = useToast();
  const params = { id: invitation.id };
  const resend = useChange(org.slug, ['invitations'], (_: void, call) =>
    invitationsApi.resend({ org: org.slug, params }, call),
  );
  const revoke = useChange(org.slug, ['invitations'], (_: void, call) =>
    invitationsApi.revoke({ org: org.slug, params }, call),
  );
  const failed = (title: string) => (failure: unknown) => toast({ tone: 'danger', title, detail: errorText(failure) });
  const { email, person, invitedBy, expiresAt, expired } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
      <Mail aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <span className="truncate" title={email}>
            {email}
          </span>
          {expired && <Badge tone="hold">Expired</Badge>}
        </p>
        <p className="text-xs break-words text-ink-soft">
          {roleTitle(invitation.roleName)}
          {person && `, will be ${person.name}`}
          {invitedBy && `, invited by ${invitedBy}`}
          {!expired && `, until ${formatTime(expiresAt, org.zone, 'date')}`}
        </p>
      </div>
      <div className="flex items-center gap-1">
        <Button
          size="sm"
          aria-label={`Send the invitation to ${email} again`}
          busy={resend.isPending}
          onClick={() =>
            resend.mutate(undefined, {
              onSuccess: () => toast({ tone: 'good', title: `A new link is on its way to ${email}` }),
              onError: failed('No mail was sent'),
            })
          }
        >
          Send again
        </Button>
        <Button
          size="sm"
          variant="danger-ghost"
          aria-label={`Withdraw the invitation to ${email}`}
          busy={revoke.isPending}
          onClick={() => revoke.mutate(undefined, { onError: failed('The invitation still stands') })}
        >
          Withdraw
        </Button>
      </div>
    </li>
  );
}
