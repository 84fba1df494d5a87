import {
  ArrowUpFromLine,
  Download,
  FolderInput,
  MoreHorizontal,
  Pencil,
  RotateCcw,
  Share2,
  Trash2,
} from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { File, Folder } from '../contract.ts';
import type { FileDialog } from './file-dialogs.tsx';
import { downloadFile, fileTables, filesApi } from './file-queries.ts';

interface FileMenuProps {
  file: File;
  onDialog: (dialog: FileDialog) => void;
}

/** What one can do with a file, by its permissions. */
export function FileMenu({ file, onDialog }: FileMenuProps) {
  const org = useOrg();
  const toast = useToast();
  const params = { id: file.id };
  const trash = useChange(org.slug, fileTables, (_: null, call) => filesApi.trash({ org: org.slug, params }, call));
  const restore = useChange(org.slug, fileTables, (_: null, call) => filesApi.restore({ org: org.slug, params }, call));
  const share = useChange(org.slug, fileTables, (shared: boolean, call) =>
    filesApi.change({ org: org.slug, params, body: { version: file.version, shared } }, call),
  );
  const say = (title: string) => (error: unknown) => toast({ tone: 'danger', title, detail: errorText(error) });
  const trashed = file.trashedAt !== null;
  const [write, remove] = [org.can('files.write') && !trashed, org.can('files.remove')];
  if (!write && !remove && !file.current) return null;
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${file.name}`}>
          <MoreHorizontal aria-hidden />
        </IconButton>
      }
    >
      {!trashed && file.current && (
        <MenuItem onSelect={() => void downloadFile(org.slug, file.id).catch(say(`${file.name} can’t be downloaded`))}>
          <Download aria-hidden /> Download
        </MenuItem>
      )}
      {write && (
        <>
          <MenuItem onSelect={() => onDialog({ kind: 'version', file })}>
            <ArrowUpFromLine aria-hidden /> Upload a new version
          </MenuItem>
          <MenuItem onSelect={() => onDialog({ kind: 'rename', file })}>
            <Pencil aria-hidden /> Rename
          </MenuItem>
          <MenuItem onSelect={() => onDialog({ kind: 'move', file })}>
            <FolderInput aria-hidden /> Move
          </MenuItem>
          {file.engagementId && (
            <MenuItem onSelect={() => share.mutate(!file.shared, { onError: say(`${file.name} is as it was`) })}>
              <Share2 aria-hidden /> {file.shared ? 'Stop sharing' : 'Share with those who take part'}
            </MenuItem>
          )}
        </>
      )}
      {remove && !trashed && (
        <>
          <MenuSeparator />
          <MenuItem
            tone="danger"
            onSelect={() =>
              trash.mutate(null, {
                onError: say(`${file.name} is still there`),
                onSuccess: () =>
                  toast({ tone: 'good', title: `${file.name} is in the trash`, detail: 'It stays there for 30 days.' }),
              })
            }
          >
            <Trash2 aria-hidden /> Put into the trash
          </MenuItem>
        </>
      )}
      {remove && trashed && (
        <>
          <MenuItem onSelect={() => restore.mutate(null, { onError: say(`${file.name} is still in the trash`) })}>
            <RotateCcw aria-hidden /> Restore
          </MenuItem>
          <MenuItem tone="danger" onSelect={() => onDialog({ kind: 'purge', file })}>
            <Trash2 aria-hidden /> Remove for good
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

interface FolderMenuProps {
  folder: Folder;
  onDialog: (dialog: FileDialog) => void;
}

export function FolderMenu({ folder, onDialog }: FolderMenuProps) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, fileTables, (_: null, call) =>
    filesApi.removeFolder({ org: org.slug, params: { id: folder.id } }, call),
  );
  if (!org.can('files.write') && !org.can('files.remove')) return null;
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for the folder ${folder.name}`}>
          <MoreHorizontal aria-hidden />
        </IconButton>
      }
    >
      {org.can('files.write') && (
        <>
          <MenuItem onSelect={() => onDialog({ kind: 'renameFolder', folder })}>
            <Pencil aria-hidden /> Rename
          </MenuItem>
          <MenuItem onSelect={() => onDialog({ kind: 'moveFolder', folder })}>
            <FolderInput aria-hidden /> Move
          </MenuItem>
        </>
      )}
      {org.can('files.remove') && (
        <MenuItem
          tone="danger"
          onSelect={() =>
            remove.mutate(null, {
              onError: (error) =>
                toast({ tone: 'danger', title: `${folder.name} is still there`, detail: errorText(error) }),
            })
          }
        >
          <Trash2 aria-hidden /> Remove
        </MenuItem>
      )}
    </Menu>
  );
}
