import { Folder as FolderIcon, Share2 } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import { formatAgo } from '#platform/time/format.ts';
import type { File, Folder } from '../contract.ts';
import { sizeText } from '../upload-rules.ts';
import type { FileDialog } from './file-dialogs.tsx';
import { FileMenu, FolderMenu } from './file-menus.tsx';
import { stateWords } from './file-words.ts';
import { TypeIcon } from './type-icon.tsx';

interface FileRowsProps {
  folders: readonly Folder[];
  files: readonly File[];
  /** Where they are, for those who look at several engagements at once. */
  showEngagement: boolean;
  onFolder: (folder: Folder) => void;
  onFile: (file: File) => void;
  onDialog: (dialog: FileDialog) => void;
}

/** The name; pressing anywhere in its cell is pressing it. */
const open = 'min-w-0 truncate rounded-sm font-medium after:absolute after:inset-0 hover:underline underline-offset-4';

/** Folders, then files, by name. */
export function FileRows({ folders, files, showEngagement, onFolder, onFile, onDialog }: FileRowsProps) {
  return (
    <div className="border-y border-line bg-surface">
      <Table label="Files">
        {/* On a phone the head takes no part in the layout, and so can't give the columns their widths. */}
        <colgroup>
          <col />
          <col className="hidden w-24 sm:table-column" />
          <col className="hidden w-36 md:table-column" />
          <col className="w-16 sm:w-20" />
        </colgroup>
        <thead className="sr-only sm:not-sr-only">
          <tr>
            <Th>Name</Th>
            <Th className="hidden text-right sm:table-cell">Size</Th>
            <Th className="hidden md:table-cell">Changed</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {folders.map((folder) => (
            <Tr key={folder.id}>
              <Td className="relative">
                <div className="flex min-w-0 items-center gap-2.5">
                  <FolderIcon aria-hidden className="size-4 shrink-0 fill-accent-soft text-accent" />
                  <button type="button" className={open} onClick={() => onFolder(folder)} title={folder.name}>
                    {folder.name}
                  </button>
                </div>
              </Td>
              <Td className="hidden sm:table-cell" />
              <Td className="hidden md:table-cell" />
              <Td className="text-right">
                <FolderMenu folder={folder} onDialog={onDialog} />
              </Td>
            </Tr>
          ))}
          {files.map((file) => (
            <FileRow key={file.id} {...{ file, showEngagement, onFile, onDialog }} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

interface FileRowProps extends Pick<FileRowsProps, 'showEngagement' | 'onFile' | 'onDialog'> {
  file: File;
}

function FileRow({ file, showEngagement, onFile, onDialog }: FileRowProps) {
  const shown = file.current ?? file.newest;
  const { newest } = file;
  const note = newest.state === 'unscanned' ? undefined : stateWords[newest.state];
  const changed = formatAgo(shown.createdAt);
  return (
    <Tr>
      <Td className="relative">
        <div className="flex min-w-0 items-center gap-2.5">
          <TypeIcon type={shown.type} />
          <div className="min-w-0">
            <div className="flex min-w-0 items-center gap-1.5">
              <button type="button" className={open} onClick={() => onFile(file)} title={file.name}>
                {file.name}
              </button>
              {file.versions > 1 && (
                <span className="shrink-0 text-xs text-ink-faint" title={`${file.versions} versions`}>
                  v{shown.number}
                </span>
              )}
              {file.shared && (
                <Share2
                  className="size-3.5 shrink-0 text-ink-faint"
                  role="img"
                  aria-label="shared with those who take part"
                />
              )}
              {note && (
                <Badge tone={note.tone} className="shrink-0">
                  {note.label}
                </Badge>
              )}
            </div>
            <p className="truncate text-xs text-ink-faint md:hidden">
              {sizeText(shown.size)}, {changed}
            </p>
            {showEngagement && file.engagementTitle && (
              <p className="truncate text-xs text-ink-faint">{file.engagementTitle}</p>
            )}
          </div>
        </div>
      </Td>
      <Td className="hidden text-right text-ink-soft tabular-nums sm:table-cell">{sizeText(shown.size)}</Td>
      <Td className="hidden text-ink-soft md:table-cell">{changed}</Td>
      <Td className="text-right">
        <FileMenu file={file} onDialog={onDialog} />
      </Td>
    </Tr>
  );
}
