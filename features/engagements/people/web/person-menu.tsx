import { Check, Ellipsis, Pencil, Repeat2, Undo2, UserMinus } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { RosterEntry } from '../contract.ts';
import type { PeopleDialog } from './people-dialogs.tsx';
import { peopleApi, peopleTables } from './people-queries.ts';

/** What can be done about somebody on the roster. */
export function PersonMenu({ entry, onDialog }: { entry: RosterEntry; onDialog: (dialog: PeopleDialog) => void }) {
  const org = useOrg();
  const toast = useToast();
  const confirm = useChange(org.slug, [...peopleTables, 'engagements'], (confirmed: boolean, call) =>
    peopleApi.setConfirmed({ org: org.slug, params: { id: entry.id }, body: { confirmed } }, call),
  );
  const setConfirmed = (confirmed: boolean) =>
    confirm.mutate(confirmed, {
      onError: (error) => toast({ tone: 'danger', title: `${entry.name} stays as they are`, detail: errorText(error) }),
    });
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${entry.name}`}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {(entry.standing === 'open' || entry.standing === 'held') && (
        <MenuItem onSelect={() => setConfirmed(true)}>
          <Check aria-hidden /> Confirmed
        </MenuItem>
      )}
      {entry.standing === 'confirmed' && (
        <MenuItem onSelect={() => setConfirmed(false)}>
          <Undo2 aria-hidden /> Not confirmed any more
        </MenuItem>
      )}
      <MenuItem onSelect={() => onDialog({ kind: 'edit', entry })}>
        <Pencil aria-hidden /> Edit…
      </MenuItem>
      {entry.standing !== 'replaced' && (
        <MenuItem onSelect={() => onDialog({ kind: 'substitute', entry })}>
          <Repeat2 aria-hidden /> Somebody stands in…
        </MenuItem>
      )}
      <MenuItem tone="danger" onSelect={() => onDialog({ kind: 'remove', entry })}>
        <UserMinus aria-hidden /> Take off the roster…
      </MenuItem>
    </Menu>
  );
}
