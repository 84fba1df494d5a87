import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { migrationsQuery, operatorApi, useAct, type Migrated } from './operator-queries.ts';

/** What each database's schema lacks, and a run that brings them all up to date. */
export function MigrationsPage() {
  const { data, error, refetch, isFetching } = useQuery(migrationsQuery);
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const run = useAct(() => operatorApi.runMigrations({ body: { parallel: 4 } }));
  const waiting = data?.items.filter(({ applied, error: trouble }) => applied.length > 0 || trouble !== null) ?? [];
  const start = () =>
    run.mutateAsync(undefined).then(
      ({ items }) => {
        const failed = items.filter(({ error: trouble }) => trouble !== null);
        if (failed.length === 0) toast({ tone: 'good', title: 'Every database has the newest schema' });
        else
          toast({
            tone: 'danger',
            title: `${failed.length} of ${items.length} databases failed`,
            detail: failed[0]?.error ?? '',
          });
      },
      (failure: unknown) => toast({ tone: 'danger', title: 'The migrations did not run', detail: errorText(failure) }),
    );
  return (
    <>
      <PageHeader
        title="Migrations"
        description="A database gets the newest schema when the server starts, and again when it is back after being down. A run here does it now; one that fails stops no other."
        actions={
          <>
            <Button onClick={() => void refetch()} busy={isFetching}>
              <RefreshCw aria-hidden /> Look again
            </Button>
            <Button
              variant="primary"
              onClick={() => setAsking(true)}
              disabled={waiting.length === 0}
              busy={run.isPending}
            >
              Run migrations
            </Button>
          </>
        }
      />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {!data && !error && <SkeletonRows rows={4} />}
      {data && (
        <div className="px-4 sm:px-6">
          <CardList label="Databases and their schemas">
            {data.items.map((item) => (
              <MigrationRow key={`${item.kind} ${item.database}`} item={item} />
            ))}
          </CardList>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Migrate ${waiting.length === 1 ? 'one database' : `${waiting.length} databases`}?`}
        description="Four at a time. Organisations in a database may wait for a moment while its schema changes. Keep a backup: of a migration only the newest can be undone, by the command line."
        action="Run migrations"
        tone="primary"
        onConfirm={start}
      />
    </>
  );
}

const kinds = { control: 'Of the installation', shared: 'Shared', dedicated: 'For one organisation' } as const;

function MigrationRow({ item: { database, kind, from, applied, error } }: { item: Migrated }) {
  return (
    <li className="flex items-start gap-3 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1">
        <p className="font-medium break-all">{database}</p>
        <p className="text-xs break-words text-ink-faint">
          {kinds[kind]}
          {error === null && `, version ${from}`}
          {applied.length > 0 && `, to come: ${applied.join(', ')}`}
        </p>
        {error && <p className="mt-1 break-words text-danger">It can’t be looked at: {error}.</p>}
      </div>
      {error ? (
        <Badge tone="danger">Trouble</Badge>
      ) : applied.length > 0 ? (
        <Badge tone="hold">{applied.length === 1 ? '1 to come' : `${applied.length} to come`}</Badge>
      ) : (
        <Badge tone="good">Newest</Badge>
      )}
    </li>
  );
}
