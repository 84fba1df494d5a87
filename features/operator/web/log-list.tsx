import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList } from '#platform/ui/table.tsx';

interface LogListProps<Row> {
  title: string;
  description: string;
  /** Search and filters. */
  filters?: ReactNode;
  list: {
    isPending: boolean;
    error: Error | null;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  rows: readonly Row[] | undefined;
  renderRow: (row: Row) => ReactNode;
  empty: { icon: LucideIcon; title: string; text?: string };
}

/** A page of the console that lists what happened, newest first. */
export function LogList<Row>({ title, description, filters, list, rows, renderRow, empty }: LogListProps<Row>) {
  return (
    <>
      <PageHeader title={title} description={description}>
        {filters}
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows && rows.length > 0 && (
        <div className="px-4 sm:px-6">
          <CardList label={title}>{rows.map(renderRow)}</CardList>
        </div>
      )}
      {rows?.length === 0 && (
        <EmptyState icon={empty.icon} title={empty.title}>
          {empty.text ?? 'It appears here as soon as it happens.'}
        </EmptyState>
      )}
      <LoadMore {...list} />
    </>
  );
}
