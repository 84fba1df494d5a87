import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { urlOf } from '#platform/client/client.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { documents } from '#features/documents/contract.ts';
import { usualPaper } from '#features/documents/web/document-kinds.ts';
import type { Engagement } from '#features/engagements/contract.ts';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { TravelDialog } from './travel-dialogs.tsx';
import { travelApi } from './travel-queries.ts';

/** What is needed less often: paper, files, copies, the whole tour. */
export function TravelMenu({
  engagement,
  onDialog,
}: {
  engagement: Engagement;
  onDialog: (dialog: TravelDialog) => void;
}) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const { id, title, seriesId } = engagement;
  const at = { org: org.slug, params: { id } };
  const save = (made: Promise<string>, name: string) =>
    void made.then(
      (csv) => saveFile(`${title} ${name}.csv`, csv, 'text/csv'),
      (failure: unknown) => toast({ tone: 'danger', title: 'No file was made', detail: errorText(failure) }),
    );
  const print = (route: typeof documents.routes.travelSheet | typeof documents.routes.roomingList) =>
    window.open(urlOf(route, { ...at, query: { paper: usualPaper() } }), '_blank', 'noopener');
  return (
    <Menu
      trigger={
        <IconButton size="icon-sm" label="More about travel">
          <EllipsisVertical aria-hidden />
        </IconButton>
      }
    >
      {org.can('travel.write') && (
        <>
          <MenuItem onSelect={() => onDialog({ kind: 'hotel', id: null })}>Add a hotel…</MenuItem>
          {org.can('travel.money') && (
            <MenuItem onSelect={() => onDialog({ kind: 'per-diems' })}>Set per diems…</MenuItem>
          )}
          <MenuItem onSelect={() => onDialog({ kind: 'copy' })}>Copy from another {org.words.engagement.one}…</MenuItem>
          <MenuSeparator />
        </>
      )}
      {org.can('documents.read', 'own') && (
        <>
          <MenuItem onSelect={() => print(documents.routes.travelSheet)}>Travel sheet as PDF</MenuItem>
          <MenuItem onSelect={() => print(documents.routes.roomingList)}>Rooming list as PDF</MenuItem>
        </>
      )}
      {org.can('travel.read') && (
        <>
          <MenuItem onSelect={() => save(travelApi.export(at), 'travel')}>Legs as CSV</MenuItem>
          <MenuItem onSelect={() => save(travelApi.exportRooms(at), 'rooming list')}>Rooming list as CSV</MenuItem>
        </>
      )}
      {seriesId && org.can('travel.read') && (
        <MenuItem
          onSelect={() => void navigate({ to: '/o/$org/series/$id/travel', params: { org: org.slug, id: seriesId } })}
        >
          Travel of the whole {org.words.series.one}
        </MenuItem>
      )}
      <MenuItem onSelect={() => void navigate({ to: '/o/$org/my-travel', params: { org: org.slug } })}>
        My own travel
      </MenuItem>
    </Menu>
  );
}
