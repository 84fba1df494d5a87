import { useMutation } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

/** Everything that was ever played, as a table for rights societies. */
export function SaveReport({ save }: { save: () => Promise<string> }) {
  const org = useOrg();
  const toast = useToast();
  const run = useMutation({
    mutationFn: save,
    onSuccess: (csv) => saveFile(`${org.slug}-played.csv`, csv, 'text/csv'),
    onError: (error) => toast({ tone: 'danger', title: 'No file was made', detail: errorText(error) }),
  });
  return (
    <Button busy={run.isPending} onClick={() => run.mutate()}>
      {!run.isPending && <FileDown aria-hidden />} What was played
    </Button>
  );
}
