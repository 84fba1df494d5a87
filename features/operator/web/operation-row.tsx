import { Link } from '@tanstack/react-router';
import { Badge } from '#platform/ui/badge.tsx';
import { Progress } from '#platform/ui/progress.tsx';
import type { Operation } from './operator-queries.ts';
import { When } from './when.tsx';

const words = {
  create: 'Making',
  move: 'Moving',
  export: 'Exporting',
  restore: 'Restoring',
  erase: 'Erasing',
} as const;

const states = {
  running: { tone: 'accent', word: 'Running' },
  done: { tone: 'good', word: 'Done' },
  failed: { tone: 'danger', word: 'Failed' },
} as const;

/** Steps of moving and the like, as people read them; those of making are words already. */
const steps: Readonly<Record<string, string>> = {
  freezing: 'Waiting for writers to finish',
  copying: 'Copying',
  checking: 'Comparing every row',
  switching: 'Switching over',
  switched: 'Switched over',
  clearing: 'Clearing the old place',
  undoing: 'Putting everything back',
};

/** One operation, and how far it is. */
export function OperationRow({ operation }: { operation: Operation }) {
  const { kind, organisation, organisationId, from, to, state, step, done, total, error, requestedBy } = operation;
  const { tone, word } = states[state];
  const name = organisation ?? 'an organisation';
  return (
    <li className="grid gap-1.5 px-4 py-3 text-sm">
      <div className="flex items-start gap-3">
        <p className="min-w-0 flex-1 font-medium break-words">
          {words[kind]}{' '}
          {organisationId && organisation ? (
            <Link to="/operator/organisations/$id" params={{ id: organisationId }} className="hover:underline">
              {organisation}
            </Link>
          ) : (
            name
          )}
        </p>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <p className="text-xs break-words text-ink-faint">
        {from && to && `${from} → ${to}, `}
        {requestedBy}, <When at={operation.startedAt} />
      </p>
      {state === 'running' && <Progress label={steps[step] ?? (step || 'Beginning')} done={done} total={total ?? 0} />}
      {error && <p className="break-words text-danger">{error}</p>}
    </li>
  );
}
