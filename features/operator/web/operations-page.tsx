import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { operationsQuery } from './operator-queries.ts';
import { LogList } from './log-list.tsx';
import { OperationRow } from './operation-row.tsx';

/** Making, moving, exporting, restoring and erasing organisations. */
export function OperationsPage() {
  const list = useInfiniteQuery(operationsQuery());
  return (
    <LogList
      title="Operations"
      description="What takes a while: making, moving, exporting, restoring and erasing organisations. One that was interrupted is put back or finished by itself."
      list={list}
      rows={list.data?.pages.flatMap(({ items }) => items)}
      renderRow={(operation) => <OperationRow key={operation.id} operation={operation} />}
      empty={{ icon: ArrowLeftRight, title: 'Nothing was made or moved yet' }}
    />
  );
}
