import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ChangeFilter } from '../contract.ts';
import { historyApi } from './history-queries.ts';
import { saveFile } from './save-file.ts';

/** What the filters show, as CSV. The export stands in the trail itself. */
export function ExportButton({ filter, total }: { filter: ChangeFilter; total: number }) {
  const org = useOrg();
  const toast = useToast();
  const take = useMutation({
    mutationFn: () => historyApi.export({ org: org.slug, body: filter }),
    onSuccess: (csv) => saveFile(`${org.slug}-audit-${new Date().toISOString().slice(0, 10)}.csv`, csv, 'text/csv'),
    onError: (error) => toast({ tone: 'danger', title: 'Nothing was exported', detail: errorText(error) }),
  });
  return (
    <Button busy={take.isPending} disabled={total === 0} onClick={() => take.mutate()}>
      {!take.isPending && <Download aria-hidden />} Export CSV
    </Button>
  );
}
