import { useState } from 'react';
import type { FileView } from './file-queries.ts';
import { FilesView } from './files-view.tsx';

/** The files of one engagement, as a tab of its page. */
export function FilesTab({ engagement }: { engagement: { id: string } }) {
  const [view, setView] = useState<FileView>({});
  return (
    // Its rows reach the edges of the page, like those of the page of files.
    <div className="-mx-4 sm:-mx-6">
      <FilesView engagementId={engagement.id} view={view} onView={setView} />
    </div>
  );
}
