import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FolderOpen, FolderPlus, Trash2, Upload } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SearchInput } from '#platform/ui/input.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { File } from '../contract.ts';
import { DropZone } from './drop-zone.tsx';
import { FileDialogs, useVersionChooser, type FileDialog } from './file-dialogs.tsx';
import { FilePanel } from './file-panel.tsx';
import { fileListQuery, folderQuery, type FileView } from './file-queries.ts';
import { FileRows } from './file-rows.tsx';
import { FolderPath } from './folder-path.tsx';
import { QuotaBar } from './quota-bar.tsx';
import { UploadsPanel } from './uploads-panel.tsx';
import { useUploads } from './use-uploads.ts';

interface FilesViewProps {
  /** Undefined: of the organisation. */
  engagementId: string | undefined;
  view: FileView;
  onView: (view: FileView) => void;
  /** It is a page of its own, with a head; `crumb` says where it belongs. Else search and actions stand in a row. */
  page?: { crumb: ReactNode };
}

/** Files and folders of an engagement or the organisation: a folder, what a search finds, or the trash. */
export function FilesView({ engagementId, view, onView, page }: FilesViewProps) {
  const org = useOrg();
  const [dialog, setDialog] = useState<FileDialog | null>(null);
  const [opened, setOpened] = useState<File | null>(null);
  const uploads = useUploads();
  const q = useSettled(view.q?.trim() || undefined);
  const all = org.can('files.read');
  const list = useInfiniteQuery(fileListQuery(org.slug, engagementId, { ...view, q }));
  const folders = useQuery({ ...folderQuery(org.slug, engagementId), enabled: all });
  const place = { engagementId: engagementId ?? null, folderId: view.folderId ?? null };
  const mayUpload = org.can('files.write') && !view.trash;
  const send = (chosen: globalThis.File[]) => uploads.queue.add(chosen, place, uploads.begun);
  const { choose, chooser } = useVersionChooser((file, chosen) =>
    uploads.queue.add([chosen], { engagementId: file.engagementId, folderId: file.folderId }, uploads.begun, file.id),
  );
  const onDialog = (next: FileDialog) => (next.kind === 'version' ? choose(next.file) : setDialog(next));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const shownFolders =
    q || view.trash ? [] : (folders.data?.items ?? []).filter(({ parentId }) => parentId === place.folderId);
  const empty = list.isSuccess && rows.length === 0 && shownFolders.length === 0 && !folders.isPending;
  const actions = (
    <Actions view={view} onView={onView} onFiles={mayUpload ? send : undefined}>
      {mayUpload && (
        <Button
          onClick={() => setDialog({ kind: 'folder', engagementId: place.engagementId, parentId: place.folderId })}
        >
          <FolderPlus aria-hidden /> <span className="max-sm:sr-only">New folder</span>
        </Button>
      )}
    </Actions>
  );
  const filters = (
    <>
      <SearchInput
        label="Search files"
        value={view.q ?? ''}
        onValue={(next) => onView({ ...view, q: next || undefined })}
        className="w-full sm:w-64"
      />
      {all && <QuotaBar className="sm:ml-auto" />}
    </>
  );
  return (
    <DropZone onFiles={mayUpload ? send : undefined}>
      {page ? (
        <PageHeader title="Files" actions={actions} crumb={page.crumb}>
          {filters}
        </PageHeader>
      ) : (
        <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
          {filters}
          {actions}
        </div>
      )}
      {chooser}
      <FolderPath
        folders={folders.data?.items ?? []}
        view={{ ...view, q }}
        onFolder={(folderId) => onView({ folderId })}
      />
      <UploadsPanel {...uploads} begun={uploads.begun.filter((upload) => upload.engagementId === place.engagementId)} />
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {(rows.length > 0 || shownFolders.length > 0) && (
        <FileRows
          folders={shownFolders}
          files={rows}
          showEngagement={!all && engagementId === undefined}
          onFolder={({ id }) => onView({ folderId: id })}
          onFile={setOpened}
          onDialog={onDialog}
        />
      )}
      {empty && <Nothing view={{ ...view, q }} mayUpload={mayUpload} top={all && !engagementId && !view.folderId} />}
      <LoadMore {...list} />
      <FilePanel file={opened} onClose={() => setOpened(null)} onNewVersion={choose} />
      <FileDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </DropZone>
  );
}

interface ActionsProps {
  view: FileView;
  onView: (view: FileView) => void;
  onFiles: ((files: globalThis.File[]) => void) | undefined;
  children: ReactNode;
}

function Actions({ view, onView, onFiles, children }: ActionsProps) {
  const org = useOrg();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {org.can('files.remove') && (
        <Button
          variant="ghost"
          aria-pressed={view.trash ?? false}
          onClick={() => onView(view.trash ? {} : { trash: true })}
        >
          <Trash2 aria-hidden /> {view.trash ? 'Back to the files' : <span className="max-sm:sr-only">Trash</span>}
        </Button>
      )}
      {children}
      {onFiles && (
        <>
          <input
            ref={input}
            type="file"
            multiple
            className="hidden"
            tabIndex={-1}
            aria-hidden
            data-testid="files-to-upload"
            onChange={({ target }) => {
              onFiles(Array.from(target.files ?? []));
              target.value = '';
            }}
          />
          <Button variant="primary" onClick={() => input.current?.click()}>
            <Upload aria-hidden /> Upload
          </Button>
        </>
      )}
    </div>
  );
}

/** @param top of the organisation, where somebody might look for files of engagements too */
function Nothing({ view, mayUpload, top }: { view: FileView; mayUpload: boolean; top: boolean }) {
  const { words } = useOrg();
  const elsewhere = top && ` Files of ${words.engagement.many} are on their own pages.`;
  if (view.trash)
    return (
      <EmptyState icon={Trash2} title="The trash is empty">
        Files that are put here stay for 30 days. Then they go for good.
      </EmptyState>
    );
  if (view.q)
    return (
      <EmptyState icon={FolderOpen} title="No file is called that">
        Look for another part of the name.{elsewhere}
      </EmptyState>
    );
  return (
    <EmptyState icon={FolderOpen} title={view.folderId ? 'This folder is empty' : 'No files yet'}>
      {mayUpload
        ? 'Riders, contracts, stage plots, recordings: drop them here, or choose them with Upload. A new upload of the same file becomes its next version.'
        : 'What is shared with you appears here.'}
      {elsewhere}
    </EmptyState>
  );
}
