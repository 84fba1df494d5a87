import { EllipsisVertical } from 'lucide-react';
import { urlOf } from '#platform/client/client.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { documents } from '#features/documents/contract.ts';
import { usualPaper } from '#features/documents/web/document-kinds.ts';
import type { Engagement } from '#features/engagements/contract.ts';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { PeopleDialog } from './people-dialogs.tsx';
import { peopleApi } from './people-queries.ts';

interface PeopleMenuProps {
  engagement: Engagement;
  onDialog: (dialog: PeopleDialog) => void;
  onBooked: () => void;
}

/** What is needed less often: whole lists in, and the roster on paper or as a table. */
export function PeopleMenu({ engagement, onDialog, onBooked }: PeopleMenuProps) {
  const org = useOrg();
  const toast = useToast();
  const writes = org.can('people.write');
  const params = { id: engagement.id };
  const save = () =>
    peopleApi.export({ org: org.slug, params }).then(
      (csv) => saveFile(`${engagement.title} roster.csv`, csv, 'text/csv'),
      (failure: unknown) => toast({ tone: 'danger', title: 'No file was made', detail: errorText(failure) }),
    );
  const sheet = urlOf(documents.routes.contactSheet, { org: org.slug, params, query: { paper: usualPaper() } });
  return (
    <Menu
      trigger={
        <IconButton size="icon-sm" label="More about the roster">
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      {writes && <MenuItem onSelect={onBooked}>Add everyone held or seated</MenuItem>}
      {writes && <MenuItem onSelect={() => onDialog({ kind: 'copy' })}>Copy a roster…</MenuItem>}
      {org.can('documents.read', 'own') && (
        <MenuItem asChild>
          <a href={sheet} target="_blank" rel="noreferrer">
            Print the contact sheet
          </a>
        </MenuItem>
      )}
      {org.can('people.read') && <MenuItem onSelect={() => void save()}>Save as CSV</MenuItem>}
    </Menu>
  );
}
