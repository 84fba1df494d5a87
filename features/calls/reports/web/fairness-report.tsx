import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { groupKey, groupName } from '#features/calls/lists/list-rules.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { FairnessRow, ReportQuery } from '../contract.ts';
import { AnswersKey } from './answers-bar.tsx';
import { FairnessTable } from './fairness-table.tsx';
import { fairnessQuery } from './report-queries.ts';
import { periodWords } from './report-words.ts';

/** By skill: who was asked how often, what they answered, what they played, and who was left out. */
export function FairnessReport({ query }: { query: ReportQuery }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(fairnessQuery(org.slug, query));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows />;
  if (data.rows.length === 0) {
    return (
      <EmptyState icon={Scale} title="Nobody was called">
        Once calls are sent, this shows for each skill how they were dealt out among the people on your lists.
      </EmptyState>
    );
  }
  const groups = [...Map.groupBy(data.rows, groupKey)];
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <p className="text-sm text-ink-soft">{periodWords(data)}</p>
        <AnswersKey />
      </div>
      {groups.map(([key, rows]) => (
        <GroupReport key={key} rows={rows} />
      ))}
    </div>
  );
}

function GroupReport({ rows }: { rows: readonly FairnessRow[] }) {
  const [first] = rows;
  if (!first) return null;
  const calls = rows.reduce((sum, { sent }) => sum + sent, 0);
  const unasked = rows.filter(({ sent }) => sent === 0).length;
  const name = groupName(first);
  return (
    <section aria-label={name}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-base font-semibold tracking-tight">{name}</h2>
        <p className="text-xs text-ink-faint tabular-nums">
          {calls === 1 ? '1 call' : `${calls.toLocaleString()} calls`}
          {unasked > 0 && `, ${unasked.toLocaleString()} of ${rows.length.toLocaleString()} not asked`}
        </p>
      </div>
      <FairnessTable name={name} rows={rows} />
    </section>
  );
}
