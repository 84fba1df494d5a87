import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { FileView } from './file-queries.ts';
import { readFilesSearch } from './files-search.ts';
import { FilesView } from './files-view.tsx';

/** The organisation's own files, or those of an engagement; for those who take part, all that is shared with them. */
export function FilesPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const { engagement, ...view } = useSearch({ strict: false, select: (raw) => readFilesSearch(raw) });
  const dossier = useQuery({ ...engagementQuery(org.slug, engagement ?? ''), enabled: engagement !== undefined });
  const title = dossier.data?.engagement.title;
  const crumb = title && engagement && (
    <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id: engagement }} className="truncate hover:underline">
      {title}
    </Link>
  );
  const show = (next: FileView) =>
    void navigate({
      to: '.',
      search: { engagement, ...next },
      // Each letter of a search is no step to go back to.
      replace: next.q !== undefined || view.q !== undefined,
    });
  return <FilesView key={engagement} engagementId={engagement} view={view} onView={show} page={{ crumb }} />;
}
