import { ArrowRight, Music4, Sprout } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { importsApi, seasonReportOf } from './import-queries.ts';
import { SeasonReportView } from './season-report.tsx';
import { TaskView } from './task-view.tsx';

const season = 'New York Philharmonic 2024-25';

interface SeasonStartProps {
  org: string;
  /** Whether a season of concerts is their kind of work: then it is what we propose. */
  proposed: boolean;
  /** The import began. */
  onStart: () => void;
  /** Go on to the organisation. */
  onDone: () => void;
}

/** The last step of a first visit: a real season to look around in, or an empty organisation. */
export function SeasonStart({ org, proposed, onStart, onDone }: SeasonStartProps) {
  const [taskId, setTaskId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = async () => {
    setStarting(true);
    setError(null);
    try {
      const task = await importsApi.importSeason({ org, body: {} });
      setTaskId(task.id);
      onStart();
    } catch (failure) {
      setError(failure);
    } finally {
      setStarting(false);
    }
  };
  if (taskId) {
    return (
      <>
        <TaskView org={org} taskId={taskId} label={season}>
          {(task) => {
            const report = seasonReportOf(task);
            return report && <SeasonReportView report={report} />;
          }}
        </TaskView>
        <Button variant="primary" size="lg" className="mt-6" onClick={onDone}>
          Open the organisation <ArrowRight aria-hidden />
        </Button>
      </>
    );
  }
  const choices = [
    <Choice
      key="season"
      icon={<Music4 aria-hidden />}
      title={`Start with a real season: ${season}`}
      text="144 programmes and 252 concerts with their halls, conductors and soloists, all on the board in a few seconds. You can try holds, moves and conflicts on it."
      action={
        <Button variant={proposed ? 'primary' : 'secondary'} busy={starting} onClick={() => void start()}>
          Import the season
        </Button>
      }
    />,
    <Choice
      key="empty"
      icon={<Sprout aria-hidden />}
      title="Start empty"
      text="Add your own people and places, or import them from a CSV file."
      action={
        <Button variant={proposed ? 'secondary' : 'primary'} onClick={onDone}>
          Start empty
        </Button>
      }
    />,
  ];
  return (
    <div className="grid gap-3">
      {error !== null && <ErrorNotice error={error} />}
      {proposed ? choices : choices.toReversed()}
    </div>
  );
}

function Choice({ icon, title, text, action }: { icon: ReactNode; title: string; text: string; action: ReactNode }) {
  return (
    <section className="flex gap-3.5 rounded-lg border border-line bg-surface p-4 shadow-card">
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-accent-soft text-on-accent-soft [&_svg]:size-5">
        {icon}
      </span>
      <div className="min-w-0">
        <h2 className="text-sm font-semibold">{title}</h2>
        <p className="mt-0.5 mb-3 text-sm text-pretty text-ink-soft">{text}</p>
        {action}
      </div>
    </section>
  );
}
