import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Section } from '#platform/ui/table.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from './org-context.tsx';
import { planQuery } from './organisation-queries.ts';
import { capital } from './word-case.ts';

/** What the plan allows and what is used of it. */
export function PlanUsage() {
  const org = useOrg();
  const { data, error, refetch } = useQuery({ ...planQuery(org.slug), enabled: org.can('organisation.change') });
  if (!org.can('organisation.change')) return null;
  return (
    <Section
      title="Plan"
      description={
        data ? `${data.title}. Whoever runs this installation can change it.` : 'What the organisation has room for.'
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={2} />}
      {data && (
        <dl className="grid gap-4 sm:grid-cols-2">
          <Usage label="People" note="Members and open invitations" {...data.people} />
          <Usage label={capital(org.words.engagement.many)} note="To come or under way" {...data.projects} />
        </dl>
      )}
    </Section>
  );
}

function Usage({ label, note, used, most }: { label: string; note: string; used: number; most: number | null }) {
  const full = most !== null && used >= most;
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <dt className="text-sm font-medium">{label}</dt>
      <dd>
        <p className="mt-0.5 text-sm tabular-nums">
          <span className="text-lg font-semibold">{used.toLocaleString()}</span>{' '}
          {most !== null && <span className="text-ink-soft">of {most.toLocaleString()}</span>}
        </p>
        {most !== null && (
          <progress
            aria-label={`${label}: ${used} of ${most}`}
            className={`mt-1.5 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:rounded-full ${full ? '[&::-moz-progress-bar]:bg-hold [&::-webkit-progress-value]:bg-hold' : '[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-accent'}`}
            max={most}
            value={Math.min(used, most)}
          />
        )}
        <p className="mt-1 text-xs text-ink-faint">
          {full ? 'Full: nothing more can be added.' : most === null ? `${note}; no limit` : note}
        </p>
      </dd>
    </div>
  );
}
