import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { downloadFile, fileQuery } from '#features/files/web/file-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

/** A file that came with answers, for members: to be had once it was looked into. */
export function AnswerFile({ id }: { id: string }) {
  const org = useOrg();
  const toast = useToast();
  const { data, isError } = useQuery(fileQuery(org.slug, id));
  if (isError) return <span className="text-ink-soft">A file that is gone</span>;
  if (!data) return <span className="text-ink-soft">…</span>;
  const { name, current, newest } = data.file;
  const save = () =>
    void downloadFile(org.slug, id).catch((error: unknown) => toast({ tone: 'danger', title: errorText(error) }));
  if (current) {
    return (
      <Button variant="link" onClick={save} title={name} className="max-w-full">
        <Download aria-hidden /> <span className="truncate">{name}</span>
      </Button>
    );
  }
  return (
    <span className="text-ink-soft">
      {name}: {newest?.state === 'checking' ? 'being looked into' : (newest?.problem ?? 'refused')}
    </span>
  );
}
