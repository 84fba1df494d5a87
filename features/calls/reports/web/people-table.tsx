import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Table, Td, Tr } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';

/** Rows shown before somebody asks for all. */
const first = 25;

interface PeopleTableProps<Row> {
  label: string;
  /** Its columns, that of the name first. */
  head: ReactNode;
  rows: readonly Row[];
  /** What stands behind the name. */
  renderCells: (row: Row) => ReactNode;
}

/** A row for each person. */
export function PeopleTable<Row extends { resourceId: string; name: string }>({
  label,
  head,
  rows,
  renderCells,
}: PeopleTableProps<Row>) {
  const org = useOrg();
  const [all, setAll] = useState(false);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      <Table label={label}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, first)).map((row) => (
            <Tr key={row.resourceId}>
              <Td title={row.name}>
                <Link
                  to="/o/$org/resources/$id"
                  params={{ org: org.slug, id: row.resourceId }}
                  className="rounded-sm font-medium hover:underline"
                >
                  {row.name}
                </Link>
              </Td>
              {renderCells(row)}
            </Tr>
          ))}
        </tbody>
      </Table>
      {rows.length > first && (
        <div className="border-t border-line px-4 py-2 sm:px-6">
          <Button size="sm" variant="ghost" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${rows.length.toLocaleString()}`}
          </Button>
        </div>
      )}
    </div>
  );
}
