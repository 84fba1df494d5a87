import { ChevronRight } from 'lucide-react';
import type { Folder } from '../contract.ts';
import type { FileView } from './file-queries.ts';
import { pathOf } from './folder-tree.ts';

interface FolderPathProps {
  folders: readonly Folder[];
  view: FileView;
  onFolder: (id: string | undefined) => void;
}

/** Where one is among the folders, each a step back; or that a search or the trash looks everywhere. */
export function FolderPath({ folders, view, onFolder }: FolderPathProps) {
  const step = 'max-w-48 truncate rounded-sm px-1 hover:text-ink hover:underline underline-offset-4';
  if (view.trash) return <p className="px-4 pb-2 text-sm text-ink-soft sm:px-6">In the trash</p>;
  if (view.q) return <p className="px-4 pb-2 text-sm text-ink-soft sm:px-6">Found in all folders</p>;
  const path = pathOf(folders, view.folderId);
  if (path.length === 0) return null;
  return (
    <nav aria-label="Folders" className="px-3 pb-2 text-sm text-ink-soft sm:px-5">
      <ol className="flex flex-wrap items-center gap-0.5">
        <li>
          <button type="button" className={step} onClick={() => onFolder(undefined)}>
            All files
          </button>
        </li>
        {path.map(({ id, name }, index) => (
          <li key={id} className="flex min-w-0 items-center gap-0.5">
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            {index === path.length - 1 ? (
              <span aria-current="page" className="max-w-64 truncate px-1 font-medium text-ink" title={name}>
                {name}
              </span>
            ) : (
              <button type="button" className={step} onClick={() => onFolder(id)} title={name}>
                {name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
