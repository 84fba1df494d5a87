import { EllipsisVertical, Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { IconButton } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useNow } from '#platform/ui/use-now.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { AdvanceLink } from '../contract.ts';
import { advanceApi, advanceTables } from './advance-queries.ts';

/** To whom the advance was sent, and who has looked. */
export function LinkList({ links }: { links: readonly AdvanceLink[] }) {
  if (links.length === 0) return null;
  return (
    <CardList label="Sent to">
      {links.map((link) => (
        <LinkRow key={link.id} link={link} />
      ))}
    </CardList>
  );
}

function LinkRow({ link }: { link: AdvanceLink }) {
  const org = useOrg();
  const toast = useToast();
  const now = Date.parse(useNow());
  const [ending, setEnding] = useState(false);
  const { id, name, email, opened, lastOpenedAt, firstOpenedAt, revokedAt, endsAt, sentAt, remindedAt } = link;
  const again = useChange(org.slug, advanceTables, (linkId: string, call) =>
    advanceApi.sendAgain({ org: org.slug, params: { id: linkId }, body: {} }, call),
  );
  const revoke = useChange(org.slug, advanceTables, (linkId: string, call) =>
    advanceApi.revoke({ org: org.slug, params: { id: linkId }, body: {} }, call),
  );
  const over = Date.parse(endsAt) <= now;
  const send = () =>
    again.mutate(id, {
      onSuccess: () => toast({ tone: 'good', title: `Sent again to ${name}` }),
      onError: (error) => toast({ tone: 'danger', title: 'Nothing was sent', detail: errorText(error) }),
    });
  return (
    <li className="flex items-center gap-3 px-4 py-2 text-sm">
      {opened > 0 ? (
        <Eye aria-hidden className="size-4 shrink-0 text-good" />
      ) : (
        <EyeOff aria-hidden className="size-4 shrink-0 text-ink-faint" />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate" title={`${name} ${email ?? ''}`}>
          <span className="font-medium">{name}</span> <span className="text-ink-faint">{email}</span>
        </p>
        <p className="text-xs text-ink-soft">
          {opened > 0 && lastOpenedAt
            ? `Looked ${opened === 1 ? 'once' : `${opened} times`}, ${formatAgo(lastOpenedAt, now)}${
                opened > 1 && firstOpenedAt ? `, first ${formatAgo(firstOpenedAt, now)}` : ''
              }`
            : 'Has not looked yet'}
          {`; sent ${formatAgo(sentAt, now)}`}
          {remindedAt && `, reminded ${formatAgo(remindedAt, now)}`}
        </p>
      </div>
      {revokedAt ? <Badge tone="outline">Ended</Badge> : over ? <Badge tone="outline">Over</Badge> : null}
      {org.can('advance.send') && (
        <Menu
          trigger={
            <IconButton size="icon-sm" label={`More about ${name}`}>
              <EllipsisVertical aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={send}>{revokedAt ? 'Send a new link' : 'Send again'}</MenuItem>
          {!revokedAt && (
            <MenuItem tone="danger" onSelect={() => setEnding(true)}>
              End this link…
            </MenuItem>
          )}
        </Menu>
      )}
      <ConfirmDialog
        open={ending}
        onOpenChange={setEnding}
        title={`End the link of ${name}?`}
        description="It opens nothing from now on. What was answered stays. You can send a new one later."
        action="End link"
        onConfirm={() =>
          revoke
            .mutateAsync(id)
            .catch((error: unknown) =>
              toast({ tone: 'danger', title: 'The link still opens', detail: errorText(error) }),
            )
        }
      />
    </li>
  );
}
