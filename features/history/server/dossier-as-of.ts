import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import { legName, travelModes } from '#features/engagements/travel/kinds.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { restrictedColumns } from '#platform/contract/entity.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { partNames, partOf, tablesFor } from '../activity-rules.ts';
import type { history } from '../contract.ts';
import { asInstant, type RowThen } from '../rules.ts';
import { namesAt, statesAt, stepsOf } from './as-of.ts';
import type { Reader } from './queries.ts';

type Items = RouteOutput<(typeof history)['routes']['dossierAsOf']>['items'];

/**
 * What stood in the tabs of a dossier at an instant, rebuilt from the record alone: of tables that the reader may see.
 * @throws AppError not_found
 */
export async function dossierAsOf(tx: Tx, reader: Reader, id: string, at: string): Promise<{ items: Items }> {
  const tables = tablesFor((permission) => reader.can(permission)).filter((table) => table in words);
  const known = await tx.query(
    "select from changes where org_id = $1 and entity = 'engagements' and entity_id = $2 limit 1",
    [tx.scope.orgId, id],
  );
  if (known.length === 0) throw notFound('This engagement');
  const named = ['', ...tables].map((table) => `'${table}'`).join(', ');
  const steps = await stepsOf(
    tx,
    `c.entity in (${named}) and c.entity_id in (
       select m.entity_id from changes m where m.org_id = $1 and m.engagement_id = $2 and m.entity in (${named}))`,
    id,
  );
  const rows = tables.flatMap((table) =>
    [
      ...statesAt(
        steps.filter(({ entity }) => entity === table),
        at,
      ),
    ].map(([entityId, row]) => ({ table, id: entityId, row: visible(reader, table, row) })),
  );
  const nameOf = await namesAt(
    tx,
    rows.flatMap(({ row }) => [row['resource_id'], row['party_id'], row['song_id']]),
    at,
  );
  const sets = new Map(
    rows.flatMap(({ table, id: set, row }) => (table === 'setlist_sets' ? [[set, row] as const] : [])),
  );
  const items = rows
    .filter(({ row }) => row['engagement_id'] === id && !row['trashed_at'] && !row['removed_at'])
    .flatMap(({ table, id: rowId, row }) => {
      const worded = words[table]?.(row, nameOf, sets);
      return worded ? [{ id: rowId, part: partOf(table), startsAt: null, endsAt: null, zone: null, ...worded }] : [];
    });
  return { items: items.toSorted(inOrder).map(({ sort: _, ...item }) => item) };
}

/** Without columns that this reader may not see. */
function visible(reader: Reader, table: string, row: RowThen): RowThen {
  const restrictions = restrictedColumns(table);
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => {
      const permission = restrictions.get(column);
      return permission === undefined || reader.can(permission);
    }),
  );
}

interface Worded {
  label: string;
  detail: string;
  startsAt?: string | null;
  endsAt?: string | null;
  zone?: string | null;
  /** Within its part. */
  sort: string;
}

const said = (value: unknown) => (typeof value === 'string' ? value : '');
const instant = (value: unknown) => said(asInstant(value)) || null;

/** How a row of each table reads. */
const words: Readonly<
  Record<string, (row: RowThen, nameOf: (id: unknown) => string | null, sets: ReadonlyMap<string, RowThen>) => Worded>
> = {
  schedule_items: (row) => ({
    label: itemName({ kind: said(row['kind']), title: said(row['title']) }),
    detail: said(row['dress']),
    startsAt: instant(row['starts_at']),
    endsAt: instant(row['ends_at']),
    zone: said(row['zone']),
    sort: said(instant(row['starts_at'])),
  }),
  engagement_people: (row, nameOf) => ({
    label: nameOf(row['resource_id']) ?? nameOf(row['party_id']) ?? 'Somebody who is gone',
    detail: said(row['role']),
    sort: `${said(row['group_key'])} ${said(row['sort'])}`,
  }),
  tasks: (row) => ({
    label: said(row['title']),
    detail: row['done_at'] ? 'done' : row['due_on'] ? `due ${said(row['due_on'])}` : '',
    sort: said(row['sort']),
  }),
  guests: (row) => ({
    label: [said(row['first_name']), said(row['last_name'])].filter(Boolean).join(' '),
    detail: [
      Number(row['plus']) > 0 ? `+${Number(row['plus'])}` : '',
      said(row['state']),
      Number(row['arrived']) > 0 ? 'in' : '',
    ]
      .filter(Boolean)
      .join(', '),
    sort: said(row['last_name']),
  }),
  setlist_entries: (row, nameOf, sets) => {
    const set = sets.get(said(row['set_id']));
    return {
      label: nameOf(row['song_id']) ?? (said(row['title']) || said(row['kind'])),
      detail: [said(set?.['name']), said(row['played'])].filter(Boolean).join(', '),
      sort: `${said(set?.['sort'])} ${said(row['sort'])}`,
    };
  },
  setlist_sets: (row) => ({ label: said(row['name']), detail: 'set', sort: `${said(row['sort'])} ` }),
  travel_legs: (row) => ({
    label: legName({
      mode: travelModes.find((mode) => mode === row['mode']) ?? 'ground',
      carrier: said(row['carrier']),
      number: said(row['number']),
    }),
    detail: `${said(row['from_name'])} to ${said(row['to_name'])}`,
    startsAt: instant(row['departs_at']),
    endsAt: instant(row['arrives_at']),
    zone: said(row['from_zone']),
    sort: said(instant(row['departs_at'])),
  }),
  hotel_stays: (row) => ({
    label: said(row['name']),
    detail: `${said(row['check_in_on'])} to ${said(row['check_out_on'])}`,
    sort: said(row['check_in_on']),
  }),
  advance_items: (row) => ({
    label: said(row['title']),
    detail: said(row['state']).replaceAll('_', ' '),
    sort: said(row['sort']),
  }),
  files: (row) => ({ label: said(row['name']), detail: '', sort: said(row['name']) }),
};

type Sorted = Pick<Items[number], 'part' | 'label'> & { sort: string };

function inOrder(a: Sorted, b: Sorted): number {
  return (
    partNames.indexOf(a.part) - partNames.indexOf(b.part) ||
    (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0) ||
    a.label.localeCompare(b.label, 'en')
  );
}
