import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { pdfQuery } from './document-queries.ts';

/** The document in the browser’s own viewer, where it has one; phones open it in another program instead. */
export function DocumentPreview({ url, title, className }: { url: string | null; title: string; className?: string }) {
  const org = useOrg();
  const { data, error, refetch, isFetching } = useQuery(pdfQuery(org.slug, url));
  const address = useObjectUrl(data);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className={className} />;
  return (
    <div
      aria-busy={isFetching}
      className={cn('relative overflow-hidden rounded-lg border border-line bg-pressed', className)}
    >
      {address && navigator.pdfViewerEnabled && (
        // No toolbar, and as wide as there is room: a page is read here, and printed from a window of its own.
        <iframe key={address} title={title} src={`${address}#toolbar=0&navpanes=0&view=FitH`} className="size-full" />
      )}
      {address && !navigator.pdfViewerEnabled && (
        <p className="grid size-full place-content-center justify-items-center gap-3 p-6 text-center text-sm text-ink-soft">
          <FileText aria-hidden className="size-8 text-ink-faint" />
          This browser shows no PDF inside a page. Open it or download it.
        </p>
      )}
      {!address && (
        <div role="status" aria-label="The document is being made" className="grid gap-4 p-8">
          <Skeleton className="h-6 w-2/3" />
          <Skeleton className="w-1/2" />
          <Skeleton className="mt-4 w-full" />
          <Skeleton className="w-5/6" />
          <Skeleton className="w-full" />
        </div>
      )}
    </div>
  );
}

/** An address for what was fetched, given back when it is no longer shown. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return blob ? address : null;
}
