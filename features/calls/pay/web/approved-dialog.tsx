import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, Printer } from 'lucide-react';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ApprovedSheet, SheetHead } from '../sheet-contract.ts';
import { approvedQuery, payApi } from './pay-queries.ts';
import { SheetTable } from './sheet-table.tsx';

/** An approved revision with every line; it is printed alone. */
export function ApprovedDialog({ id, title, onClose }: { id: string | null; title: string; onClose: () => void }) {
  return (
    <Dialog open={id !== null} onOpenChange={(open) => !open && onClose()} title={title} size="lg">
      {id !== null && <Approved id={id} title={title} />}
    </Dialog>
  );
}

function Approved({ id, title }: { id: string; title: string }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(approvedQuery(org.slug, id));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  return (
    <>
      <div data-print className="grid min-w-0 grid-cols-1 gap-3 pb-5">
        <Head sheet={data} title={title} />
        <SheetTable people={data.people} currency={data.sheet.currency} differences={data.differences} />
      </div>
      <DialogFooter>
        <Button onClick={() => window.print()}>
          <Printer aria-hidden /> Print
        </Button>
        <DownloadCsv sheet={data.sheet} title={title} size="md" />
      </DialogFooter>
    </>
  );
}

function Head({ sheet: { sheet, differences }, title }: { sheet: ApprovedSheet; title: string }) {
  const org = useOrg();
  const changed = differences?.length ?? 0;
  return (
    <div className="text-sm text-ink-soft">
      <h3 className="hidden text-lg font-semibold print:block">
        {org.name}: {title}
      </h3>
      <p>
        Pay sheet, revision {sheet.revision}, by “{sheet.scaleName}”, approved by {sheet.approvedBy} on{' '}
        {formatTime(sheet.approvedAt, org.zone, 'dateTime')}.
        {changed > 0 && ` ${changed} ${changed === 1 ? 'person gets' : 'people get'} something else than before.`}
      </p>
    </div>
  );
}

/** The lines as a file for payroll. */
export function DownloadCsv({ sheet, title, size = 'sm' }: { sheet: SheetHead; title: string; size?: 'sm' | 'md' }) {
  const org = useOrg();
  const toast = useToast();
  const take = useMutation({
    mutationFn: () => payApi.csv({ org: org.slug, params: { id: sheet.id } }),
    onSuccess: (csv) => saveFile(`${fileName(title)}-pay-${sheet.revision}.csv`, csv, 'text/csv'),
    onError: (error) => toast({ tone: 'danger', title: 'Nothing was exported', detail: errorText(error) }),
  });
  return (
    <Button
      size={size}
      busy={take.isPending}
      aria-label={`CSV of revision ${sheet.revision}`}
      onClick={() => take.mutate()}
    >
      {!take.isPending && <Download aria-hidden />} CSV
    </Button>
  );
}

function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'project'
  );
}
