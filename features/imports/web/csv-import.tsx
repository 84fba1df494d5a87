import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { capital } from '#features/organisations/web/word-case.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { importKinds, type ImportField, type ImportKind } from '../contract.ts';
import { fieldsOf, headingsOfField } from '../rules-csv-columns.ts';
import { CsvColumns, fieldLabels } from './csv-columns.tsx';
import { CsvProblems } from './csv-problems.tsx';
import { FilePicker } from '#platform/ui/file-picker.tsx';
import { importsApi } from './import-queries.ts';
import { KnownColumns } from './known-columns.tsx';
import { TaskView } from './task-view.tsx';

const listOf = {
  person: '/o/$org/people',
  place: '/o/$org/places',
  thing: '/o/$org/things',
  party: '/o/$org/contacts',
} as const;

export type Mapping = Record<string, ImportField | null>;

interface Source {
  kind: ImportKind;
  name: string;
  content: string;
  mapping?: Mapping;
}

/** A CSV of people, places, things or contacts: choose, look at what would happen, map columns, import. */
export function CsvImport() {
  const org = useOrg();
  const [source, setSource] = useState<Source | null>(null);
  const [kind, setKind] = useState<ImportKind>('person');
  const preview = useMutation({
    mutationFn: ({ kind: of, content, mapping }: Source) =>
      importsApi.previewCsv({ org: org.slug, body: { kind: of, content, mapping } }),
  });
  const run = useMutation({
    mutationFn: ({ kind: of, content, mapping }: Source) =>
      importsApi.importCsv({ org: org.slug, body: { kind: of, content, mapping } }),
  });
  const look = (next: Source) => {
    setSource(next);
    run.reset();
    preview.mutate(next);
  };
  const chooseKind = (next: ImportKind) => {
    setKind(next);
    if (source) look({ kind: next, name: source.name, content: source.content });
  };
  const result = preview.data;
  const wrong = result ? result.rows - result.creates - result.updates - result.unchanged : 0;
  const changes = result ? result.creates + result.updates : 0;
  return (
    <div className="grid gap-5">
      <div className="grid max-w-2xl gap-4 sm:grid-cols-[12rem_1fr]">
        <FieldFrame label="What is in it?">
          {(control) => (
            <Select
              {...control}
              value={kind}
              onValue={chooseKind}
              options={importKinds.map((value) => ({ value, label: capital(org.words[value].many) }))}
            />
          )}
        </FieldFrame>
        <FieldFrame
          label="File"
          group
          hint="A CSV whose first line names the columns, or contacts as vCard. Several skills or tags in one cell take semicolons, a level a colon: violin:5; viola."
        >
          {({ 'aria-describedby': describedBy }) => (
            <FilePicker
              aria-describedby={describedBy}
              accept=".csv,.tsv,.txt,.vcf,text/csv,text/vcard"
              name={source?.name ?? null}
              onFile={({ name, content }) => look({ kind, name, content })}
            />
          )}
        </FieldFrame>
      </div>
      {!source && (
        <div className="max-w-2xl">
          <KnownColumns
            columns={fieldsOf(kind).map((field) => ({
              label: fieldLabels[field],
              headings: headingsOfField(field),
              needed: field === 'name',
            }))}
          />
        </div>
      )}
      {preview.isPending && <SkeletonRows rows={3} />}
      {preview.error && <ErrorNotice error={preview.error} />}
      {source && result && !run.data && (
        <>
          <p className="text-sm" role="status">
            <strong className="font-semibold tabular-nums">{result.rows.toLocaleString()} rows:</strong>{' '}
            {result.creates.toLocaleString()} new, {result.updates.toLocaleString()} changed,{' '}
            {result.unchanged.toLocaleString()} as they are{wrong > 0 && `, ${wrong.toLocaleString()} to mend`}.
          </p>
          <CsvColumns kind={source.kind} preview={result} onMapping={(mapping) => look({ ...source, mapping })} />
          <CsvProblems problems={result.problems} />
          {run.error && <ErrorNotice error={run.error} />}
          <div>
            <Button
              variant="primary"
              busy={run.isPending}
              disabled={result.problems.length > 0 || changes === 0}
              onClick={() => run.mutate(source)}
            >
              {changes === 0
                ? 'Nothing to import'
                : `Import ${changes.toLocaleString()} ${changes === 1 ? org.words[kind].one : org.words[kind].many}`}
            </Button>
          </div>
        </>
      )}
      {source && run.data && (
        <TaskView key={run.data.id} org={org.slug} taskId={run.data.id} label={source.name}>
          {({ report }) =>
            report &&
            'updated' in report && (
              <>
                <p className="mb-4 text-sm text-ink-soft">
                  {report.created.toLocaleString()} new, {report.updated.toLocaleString()} changed,{' '}
                  {report.unchanged.toLocaleString()} as they were.
                </p>
                <Button asChild>
                  <Link to={listOf[source.kind]} params={{ org: org.slug }}>
                    See the {org.words[source.kind].many}
                  </Link>
                </Button>
              </>
            )
          }
        </TaskView>
      )}
    </div>
  );
}
