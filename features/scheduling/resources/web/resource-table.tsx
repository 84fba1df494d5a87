import { Link } from '@tanstack/react-router';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { zoneNote } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { formatMoney } from '#platform/text/money.ts';
import { Table, Td, Th, Tr } from '#platform/ui/table.tsx';
import type { Resource, ResourceKind } from '../contract.ts';

/** The list as a table: each kind shows what one looks for in it. */
export function ResourceTable({ kind, rows }: { kind: ResourceKind; rows: readonly Resource[] }) {
  const org = useOrg();
  return (
    <div className="border-t border-line bg-surface">
      <Table label={org.words[kind].many}>
        <thead className="sr-only sm:not-sr-only">
          <tr>
            <Th>Name</Th>
            <Th className="hidden w-[34%] sm:table-cell">
              {kind === 'person' ? 'Skills' : kind === 'place' ? 'Address' : 'Units'}
            </Th>
            <Th className="hidden w-[18%] md:table-cell">Tags</Th>
            {org.can('resources.rates') && <Th className="hidden w-36 text-right lg:table-cell">Rate</Th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ResourceRow key={row.id} row={row} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function ResourceRow({ row }: { row: Resource }) {
  const org = useOrg();
  const note = [row.zone ? zoneNote(row.zone, org.zone) : '', row.archivedAt ? 'archived' : '']
    .filter(Boolean)
    .join(', ');
  return (
    <Tr className="relative">
      <Td>
        <Link
          to="/o/$org/resources/$id"
          params={{ org: org.slug, id: row.id }}
          title={row.name}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.name}
        </Link>
        <span className="block truncate text-xs text-ink-faint">
          <span className="sm:hidden">{[details(row), note].filter(Boolean).join(' · ')}</span>
          <span className="hidden sm:inline">{[row.email, note].filter(Boolean).join(' · ')}</span>
        </span>
      </Td>
      <Td className="hidden text-ink-soft sm:table-cell" title={details(row)}>
        {row.kind === 'person' ? <Skills row={row} /> : details(row)}
      </Td>
      <Td className="hidden text-ink-soft md:table-cell" title={row.tags.join(', ')}>
        {row.tags.join(', ')}
      </Td>
      {org.can('resources.rates') && (
        <Td className="hidden text-right text-ink-soft tabular-nums lg:table-cell">{rateOf(row)}</Td>
      )}
    </Tr>
  );
}

function Skills({ row }: { row: Resource }) {
  return (
    <span className="flex gap-1 overflow-hidden">
      {row.skills.map(({ skill }) => (
        <Badge key={skill} className="shrink-0">
          {skill}
        </Badge>
      ))}
    </span>
  );
}

function details(row: Resource): string {
  if (row.kind === 'person') return row.skills.map(({ skill }) => skill).join(', ');
  if (row.kind === 'place') return row.address ?? '';
  return row.capacity === null ? 'one at a time' : `${row.capacity.toLocaleString()} units`;
}

/** “€450.00 per day”, or nothing. */
export function rateOf({ rateMinor, rateCurrency, rateUnit }: Resource): string {
  if (rateMinor === null || rateCurrency === null) return '';
  return `${formatMoney(rateMinor, rateCurrency)}${rateUnit ? ` / ${rateUnit}` : ''}`;
}
