import { EllipsisVertical } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { GuestDialog } from './guest-dialogs.tsx';
import { guestsApi } from './guest-queries.ts';

/** What is needed less often: settings of the list, and the list as a file. */
export function GuestsMenu({
  engagement,
  onDialog,
}: {
  engagement: Engagement;
  onDialog: (dialog: GuestDialog) => void;
}) {
  const org = useOrg();
  const toast = useToast();
  const save = () =>
    guestsApi.export({ org: org.slug, params: { id: engagement.id } }).then(
      (csv) => saveFile(`${engagement.title} guests.csv`, csv, 'text/csv'),
      (failure: unknown) => toast({ tone: 'danger', title: 'No file was made', detail: errorText(failure) }),
    );
  return (
    <Menu
      trigger={
        <IconButton size="icon-sm" label="More about the guest list">
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onDialog({ kind: 'settings' })}>Cut-off, pick-up and mails…</MenuItem>
      <MenuItem onSelect={() => onDialog({ kind: 'allotment', allotment: null })}>Add an allotment…</MenuItem>
      <MenuItem onSelect={() => void save()}>Save as CSV</MenuItem>
    </Menu>
  );
}
