import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { Badge } from '#platform/ui/badge.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { databasesQuery, installationQuery, type DatabaseState } from './operator-queries.ts';
import { When } from './when.tsx';

/** Health at a glance: what is wrong comes first. */
export function DatabasesPage() {
  const { data, error, refetch } = useQuery(databasesQuery);
  const rows = data?.items.toSorted((a, b) => worth(b) - worth(a));
  return (
    <>
      <PageHeader
        title="Databases"
        aside={rows?.length.toLocaleString()}
        description="Each is looked at every few seconds. One that is down takes nobody else with it, and is used again as soon as it answers."
      />
      <Glance />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 mb-3 sm:mx-6" />}
      {!data && !error && <SkeletonRows rows={4} />}
      <ul aria-label="Databases" className="grid gap-3 px-4 sm:px-6 md:grid-cols-2 xl:grid-cols-3">
        {rows?.map((database) => (
          <DatabaseCard key={database.id} database={database} newest={data?.newestVersion ?? 0} />
        ))}
      </ul>
    </>
  );
}

/** Down, then behind, then the rest by name. */
function worth({ reachable, migrationError }: DatabaseState): number {
  return reachable === false ? 2 : migrationError === null ? 0 : 1;
}

function Glance() {
  const { data } = useQuery(installationQuery);
  if (!data) return null;
  const { organisations, users, workers, jobsWaiting, jobsFailed, version, mail } = data;
  const all = organisations.active + organisations.suspended;
  const figures = [
    ['Organisations', all.toLocaleString()],
    ['Users', users.toLocaleString()],
    ['Workers', workers.toLocaleString()],
    ['Jobs waiting', jobsWaiting.toLocaleString()],
    ['Jobs given up', jobsFailed.toLocaleString()],
    ['Mail', mail ? 'Sent' : 'Not set up'],
    ['Version', version],
  ] as const;
  return (
    <dl className="mx-4 mb-4 grid grid-cols-2 gap-x-6 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3 shadow-card sm:mx-6 sm:grid-cols-4 lg:grid-cols-7">
      {figures.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="truncate text-xs text-ink-faint">{label}</dt>
          <dd className="truncate text-base font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function DatabaseCard({ database, newest }: { database: DatabaseState; newest: number }) {
  const { id, name, kind, host, organisations, reachable, trouble, migrationError, checkedAt } = database;
  const down = reachable === false;
  return (
    <li
      className={cn(
        'grid min-w-0 content-start gap-3 rounded-lg border bg-surface p-4 text-sm shadow-card',
        down ? 'border-danger' : 'border-line',
      )}
    >
      <div className="flex min-w-0 items-start gap-2.5">
        <Health reachable={reachable} />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold break-all">{name}</h2>
          <p className="truncate text-xs text-ink-faint" title={host ?? undefined}>
            {kind === 'shared' ? 'Shared' : 'For one organisation'}, on {host ?? 'a server whose key is missing'}
          </p>
        </div>
        {down && <Badge tone="danger">Down</Badge>}
      </div>
      {down && (
        <p className="rounded-md bg-danger-soft px-3 py-2 break-words text-on-danger-soft">
          It can’t be reached{trouble ? `: ${trouble.replace(/\.$/, '')}` : ''}. Organisations in it get an error at
          once; the others notice nothing.
        </p>
      )}
      {migrationError && (
        <p className="rounded-md bg-hold-soft px-3 py-2 break-words text-on-hold-soft">
          Its schema could not be brought up to date: {migrationError}
        </p>
      )}
      <Figures database={database} newest={newest} />
      <p className="flex flex-wrap justify-between gap-x-3 gap-y-1">
        <Link
          to="/operator/organisations"
          search={{ database: id }}
          className="text-accent underline underline-offset-2"
        >
          {organisations === 1 ? '1 organisation' : `${organisations.toLocaleString()} organisations`}
        </Link>
        {checkedAt && (
          <span className="text-xs text-ink-faint">
            Looked at <When at={checkedAt} />
          </span>
        )}
      </p>
    </li>
  );
}

function Health({ reachable }: { reachable: boolean | null }) {
  if (reachable === null)
    return <CircleDashed aria-label="Not looked at yet" className="mt-0.5 size-5 text-ink-faint" />;
  return reachable ? (
    <CircleCheck aria-label="Healthy" className="mt-0.5 size-5 shrink-0 text-good" />
  ) : (
    <CircleAlert aria-label="Down" className="mt-0.5 size-5 shrink-0 text-danger" />
  );
}

function Figures({ database, newest }: { database: DatabaseState; newest: number }) {
  const { latencyMs, schemaVersion, pool, queue, bytes } = database;
  const figures = [
    ['Latency', latencyMs === null ? '–' : `${latencyMs < 10 ? latencyMs.toFixed(1) : Math.round(latencyMs)} ms`],
    [
      'Schema',
      schemaVersion === null
        ? 'None yet'
        : schemaVersion < newest
          ? `${schemaVersion} of ${newest}`
          : `${schemaVersion}, newest`,
    ],
    ['Size', bytes === null ? '–' : formatBytes(bytes)],
    [
      'Connections',
      pool
        ? `${pool.open} of ${pool.most} open, ${pool.idle} idle${pool.waiting > 0 ? `, ${pool.waiting} wait` : ''}`
        : '–',
    ],
    [
      'Jobs',
      queue
        ? `${queue.waiting.toLocaleString()} wait, ${queue.running} run${queue.failed > 0 ? `, ${queue.failed} given up` : ''}`
        : '–',
    ],
    ['Workers', queue ? String(queue.workers) : '–'],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
      {figures.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-ink-faint">{label}</dt>
          <dd className="break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** `9_400_000` → “9.4 MB”. */
function formatBytes(bytes: number): string {
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const value = bytes / 1_000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString()} ${units[power - 1]}`;
}
