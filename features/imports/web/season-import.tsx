import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { FilePicker } from '#platform/ui/file-picker.tsx';
import { importsApi, seasonReportOf } from './import-queries.ts';
import { SeasonReportView } from './season-report.tsx';
import { TaskView } from './task-view.tsx';

interface PickedFile {
  name: string;
  content: string;
}

const bundled = 'New York Philharmonic 2024-25';

/** Imports a season of the New York Philharmonic’s public performance history: the bundled one or a file. */
export function SeasonImport() {
  const org = useOrg();
  const [file, setFile] = useState<PickedFile | null>(null);
  const [minutes, setMinutes] = useState(150);
  const [task, setTask] = useState<{ id: string; label: string } | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const valid = Number.isInteger(minutes) && minutes >= 15 && minutes <= 720;
  const start = async () => {
    setStarting(true);
    setError(null);
    try {
      const started = await importsApi.importSeason({
        org: org.slug,
        body: { lengthMinutes: minutes, ...(file ? { content: file.content } : {}) },
      });
      setTask({ id: started.id, label: file?.name ?? bundled });
    } catch (failure) {
      setError(failure);
    } finally {
      setStarting(false);
    }
  };
  return (
    <div className="grid gap-5">
      <p className="max-w-2xl text-sm text-pretty text-ink-soft">
        Each programme becomes {withArticle(org.words.series.one)}, each performance{' '}
        {withArticle(org.words.engagement.one)} at its hall, with conductor and soloists booked. Where somebody would be
        booked twice, the clash is listed with both sides.
      </p>
      <div className="grid max-w-2xl gap-4 sm:grid-cols-[1fr_12rem]">
        <FieldFrame label="Season" group hint="JSON of the New York Philharmonic’s performance history.">
          {({ 'aria-describedby': describedBy }) => (
            <FilePicker
              aria-describedby={describedBy}
              accept=".json,application/json"
              name={file?.name ?? `${bundled} (included)`}
              onFile={setFile}
              onClear={file ? () => setFile(null) : undefined}
            />
          )}
        </FieldFrame>
        <FieldFrame
          label="Length of a concert"
          hint="In minutes."
          error={valid ? undefined : 'Between 15 and 720 minutes.'}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={15}
              max={720}
              value={Number.isNaN(minutes) ? '' : minutes}
              onChange={(event) => setMinutes(event.target.valueAsNumber)}
            />
          )}
        </FieldFrame>
      </div>
      {error !== null && <ErrorNotice error={error} className="max-w-2xl" />}
      <div>
        <Button variant="primary" busy={starting} disabled={!valid} onClick={() => void start()}>
          Import {file ? 'this season' : 'the season'}
        </Button>
      </div>
      {task && (
        <div className="border-t border-line pt-5">
          <TaskView key={task.id} org={org.slug} taskId={task.id} label={task.label}>
            {(done) => {
              const report = seasonReportOf(done);
              return report && <SeasonReportView report={report} />;
            }}
          </TaskView>
        </div>
      )}
    </div>
  );
}
