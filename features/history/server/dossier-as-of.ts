import type { DetailField } from '#features/engagements/details/contract.ts';
import { getSets } from '#features/engagements/details/server/queries.ts';
import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import { legName, roomKinds, roomName, travelModes } from '#features/engagements/travel/kinds.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { restrictedColumns } from '#platform/contract/entity.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { formatMoney } from '#platform/text/money.ts';
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
  const own = await stepsOf(tx, `c.entity = 'engagements' and c.entity_id = $2`, id);
  if (own.length === 0) throw notFound('This engagement');
  const pack = packNames.find((name) => name === statesAt(own, at).get(id)?.['pack']);
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
  const [nameOf, fields] = await Promise.all([
    namesAt(
      tx,
      rows.flatMap(({ row }) => [row['resource_id'], row['party_id'], row['song_id'], row['person_id']]),
      at,
    ),
    pack ? getSets(tx, [pack]).then(([set]) => set?.fields ?? []) : [],
  ]);
  const there = rows.filter(({ row }) => row['engagement_id'] === id && !row['trashed_at'] && !row['removed_at']);
  const byTable = Map.groupBy(there, ({ table }) => table);
  const indexes = new Map<string, Map<unknown, RowThen[]>>();
  const rowsBy = (table: string, column: string) => {
    const known = indexes.get(`${table} ${column}`);
    if (known) return known;
    const rowsOf = (byTable.get(table) ?? []).map(({ row }) => row);
    const made = Map.groupBy(rowsOf, (row) => row[column]);
    indexes.set(`${table} ${column}`, made);
    return made;
  };
  const then: Then = {
    nameOf,
    fields,
    of: (table, column, value) => rowsBy(table, column).get(value) ?? [],
    rowOf: (table, rowId) => byTable.get(table)?.find((each) => each.id === rowId)?.row,
  };
  const items = there.flatMap(({ table, id: rowId, row }) => {
    const worded = words[table]?.(row, then, rowId);
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

const order = (at: number) => String(at).padStart(4, '0');
const said = (value: unknown) => (typeof value === 'string' ? value : '');
const instant = (value: unknown) => said(asInstant(value)) || null;

/** What a row is worded with: the rest of the dossier as it was. */
interface Then {
  nameOf: (id: unknown) => string | null;
  /** The rows of a table with this value in a column. */
  of: (table: string, column: string, value: unknown) => RowThen[];
  rowOf: (table: string, id: unknown) => RowThen | undefined;
  /** As the pack has them today: a label has no record of its own. */
  fields: readonly DetailField[];
}

/** Whoever is meant by the rows, by name. */
const peopleOf = (rows: readonly RowThen[], nameOf: Then['nameOf']) =>
  rows
    .map((row) => nameOf(row['person_id']) ?? 'Somebody who is gone')
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .join(', ');

/** How a row of each table reads; null where another row tells of it. */
const words: Readonly<Record<string, (row: RowThen, then: Then, id: string) => Worded | null>> = {
  engagement_details: (row, { fields }) => {
    const at = fields.findIndex(({ key }) => key === row['key']);
    const field = fields[at];
    // Taken out of the pack's fields: nobody sees it now either.
    return field ? { label: field.label, detail: said(row['value']), sort: order(at) } : null;
  },
  schedule_items: (row) => ({
    label: itemName({ kind: said(row['kind']), title: said(row['title']) }),
    detail: said(row['dress']),
    startsAt: instant(row['starts_at']),
    endsAt: instant(row['ends_at']),
    zone: said(row['zone']),
    sort: said(instant(row['starts_at'])),
  }),
  engagement_people: (row, { nameOf }) => ({
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
  setlist_entries: (row, { nameOf, rowOf }) => {
    const set = rowOf('setlist_sets', row['set_id']);
    return {
      label: nameOf(row['song_id']) ?? (said(row['title']) || said(row['kind'])),
      detail: [said(set?.['name']), said(row['played'])].filter(Boolean).join(', '),
      sort: `${said(set?.['sort'])} ${said(row['sort'])}`,
    };
  },
  setlist_sets: (row) => ({ label: said(row['name']), detail: 'set', sort: `${said(row['sort'])} ` }),
  travel_legs: (row, { nameOf, of }, id) => ({
    label: legName({
      mode: travelModes.find((mode) => mode === row['mode']) ?? 'ground',
      carrier: said(row['carrier']),
      number: said(row['number']),
    }),
    detail: [`${said(row['from_name'])} to ${said(row['to_name'])}`, peopleOf(of('travellers', 'leg_id', id), nameOf)]
      .filter(Boolean)
      .join(': '),
    startsAt: instant(row['departs_at']),
    endsAt: instant(row['arrives_at']),
    zone: said(row['from_zone']),
    sort: `1 ${said(instant(row['departs_at']))}`,
  }),
  hotel_stays: (row, _, id) => ({
    label: said(row['name']),
    detail: `${said(row['check_in_on'])} to ${said(row['check_out_on'])}`,
    sort: `2 ${said(row['check_in_on'])} ${id}`,
  }),
  // Told by their leg and their room.
  travellers: () => null,
  room_sleepers: () => null,
  hotel_rooms: (row, { nameOf, of, rowOf }, id) => ({
    label: [
      said(rowOf('hotel_stays', row['hotel_id'])?.['name']),
      roomName({ kind: roomKinds.find((kind) => kind === row['kind']) ?? 'single', label: said(row['label']) }),
    ]
      .filter(Boolean)
      .join(', '),
    detail: peopleOf(of('room_sleepers', 'room_id', id), nameOf),
    sort: `2 ${said(rowOf('hotel_stays', row['hotel_id'])?.['check_in_on'])} ${said(row['hotel_id'])} ${said(row['label'])}`,
  }),
  // A person's days are one line.
  per_diems: (row, { nameOf, of }) => {
    const own = of('per_diems', 'person_id', row['person_id']).toSorted((a, b) =>
      said(a['day']) < said(b['day']) ? -1 : 1,
    );
    return own[0] === row
      ? {
          label: `Per diems of ${peopleOf([row], nameOf)}`,
          detail: perDiemText(own),
          sort: `3 ${peopleOf([row], nameOf)}`,
        }
      : null;
  },
  advance_items: (row) => ({
    label: said(row['title']),
    detail: said(row['state']).replaceAll('_', ' '),
    sort: said(row['sort']),
  }),
  files: (row) => ({ label: said(row['name']), detail: '', sort: said(row['name']) }),
};

/** “3 days, €135.00, 1 paid”. */
function perDiemText(rows: readonly RowThen[]): string {
  const sums = Map.groupBy(rows, (row) => said(row['currency']));
  const paid = rows.filter((row) => row['paid_at']).length;
  return [
    rows.length === 1 ? '1 day' : `${rows.length} days`,
    ...[...sums].map(([currency, own]) =>
      formatMoney(
        own.reduce((sum, row) => sum + Number(row['amount_minor']), 0),
        currency,
      ),
    ),
    paid > 0 ? `${paid} paid` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

type Sorted = Pick<Items[number], 'part' | 'label'> & { sort: string };

function inOrder(a: Sorted, b: Sorted): number {
  return (
    partNames.indexOf(a.part) - partNames.indexOf(b.part) ||
    (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0) ||
    a.label.localeCompare(b.label, 'en')
  );
}
