import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { FilePicker } from '#platform/ui/file-picker.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { CsvProblems } from '#features/imports/web/csv-problems.tsx';
import { KnownColumns } from '#features/imports/web/known-columns.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rosterColumns } from '../csv-rules.ts';
import type { roster } from '../contract.ts';
import { rosterApi, rosterTables } from './roster-queries.ts';

type Report = RouteOutput<typeof roster.routes.import>;

/** A CSV of who sits where: choose it, see what it would do, then all of it or nothing. */
export function RosterImport({ onDone }: { onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [file, setFile] = useState<{ name: string; content: string } | null>(null);
  const preview = useMutation({
    mutationFn: (content: string) => rosterApi.previewImport({ org: org.slug, body: { content } }),
  });
  const run = useChange(org.slug, rosterTables, (content: string, call) =>
    rosterApi.import({ org: org.slug, body: { content } }, call),
  );
  const choose = (chosen: { name: string; content: string }) => {
    setFile(chosen);
    run.reset();
    preview.mutate(chosen.content);
  };
  const save = async (content: string) => {
    const report = await run.mutateAsync(content);
    toast({ tone: 'good', title: 'The roster is imported', detail: `${outcomeWords(report)}.` });
    onDone();
  };
  const result = preview.data;
  const changes = result ? result.people + result.positions + result.chairs + result.changed : 0;
  return (
    <>
      <div className="grid gap-4 pb-5">
        <FieldFrame
          label="File"
          group
          hint="A CSV whose first line names its columns. People and positions that are missing are added."
        >
          {({ 'aria-describedby': describedBy }) => (
            <FilePicker
              aria-describedby={describedBy}
              accept=".csv,.tsv,.txt,text/csv"
              name={file?.name ?? null}
              onFile={choose}
            />
          )}
        </FieldFrame>
        {!file && (
          <KnownColumns columns={rosterColumns.map(({ label, ...rest }) => ({ ...rest, label: capital(label) }))} />
        )}
        {preview.isPending && <SkeletonRows rows={2} />}
        {preview.error && <ErrorNotice error={preview.error} />}
        {result && (
          <p className="text-sm" role="status">
            <strong className="font-semibold tabular-nums">
              {result.rows.toLocaleString()} {result.rows === 1 ? 'row' : 'rows'}:
            </strong>{' '}
            {outcomeWords(result)}.
          </p>
        )}
        {result && <CsvProblems problems={result.problems} />}
        {run.error && <ErrorNotice error={run.error} />}
      </div>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          variant="primary"
          busy={run.isPending}
          disabled={!file || !result || result.problems.length > 0 || changes === 0}
          // What went wrong stands above the buttons.
          onClick={() => file && void save(file.content).catch(() => undefined)}
        >
          {result && changes === 0 && result.problems.length === 0 ? 'Nothing to import' : 'Import'}
        </Button>
      </DialogFooter>
    </>
  );
}

function outcomeWords({ people, positions, chairs, changed, unchanged }: Report): string {
  const counted = (count: number, one: string, many: string) =>
    count > 0 ? [`${count.toLocaleString()} ${count === 1 ? one : many}`] : [];
  return (
    [
      ...counted(chairs, 'chair given', 'chairs given'),
      ...counted(changed, 'chair changed', 'chairs changed'),
      ...counted(people, 'person added or completed', 'people added or completed'),
      ...counted(positions, 'position added or widened', 'positions added or widened'),
      ...counted(unchanged, 'as it is', 'as they are'),
    ].join(', ') || 'nothing'
  );
}
