import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import type { AuditHead } from '../contract.ts';
import { changeText, hashOf, instantText, noHash, rangesOf, sealHash, type Seal } from './seal-hash.ts';

/** Changes under one seal; more only where a single transaction made more. */
const sealSize = 5_000;

/**
 * SQL of what names this database and the organisation's stay in it: a record that was moved or restored here has
 * another place in its seals, and its changes belong to the transaction that brought them.
 */
export const placeOfRecord = `concat_ws('/', (select system_identifier from pg_control_system()),
  (select oid from pg_database where datname = current_database()),
  (select era from organisation_arrivals where org_id = $1))`;

export const sealColumns = `number, ids::text as ids, changes, row_hashes as "rowHashes", previous_hash as "previousHash",
  hash, horizon, place, ${instantText('sealed_at')} as "sealedAt"`;

export interface StoredSeal extends Seal {
  hash: Buffer;
}

/** The newest seal, as the control database keeps it apart from the record itself. */
export interface Head {
  seal: number;
  hash: Buffer;
  changes: number;
  sealedAt: string;
}

type InTenant = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Seals the changes of all finished transactions, and keeps the newest seal's hash in the control database too.
 * Run by any number at once, broken off anywhere: each change comes under one seal, and none is left out.
 *
 * @param tenant runs a transaction in the organisation
 * @returns how many changes were sealed
 * @throws AppError record_broken when the record no longer agrees with the kept head: nothing is sealed over that
 */
export async function sealChanges(
  { control }: Pick<Databases, 'control'>,
  orgId: string,
  tenant: InTenant,
): Promise<number> {
  const kept = await keptHead(control, orgId);
  let sealed = 0;
  for (;;) {
    const step = await tenant((tx) => sealNext(tx, kept));
    sealed += step.changes;
    if (step.more) continue;
    if (step.head && step.head.seal > (kept?.seal ?? 0)) await keepHead(control, orgId, step.head);
    return sealed;
  }
}

export async function keptHead(control: Databases['control'], orgId: string): Promise<Head | undefined> {
  const row = await control
    .selectFrom('audit_heads')
    .selectAll()
    .where('organisation_id', '=', orgId)
    .executeTakeFirst();
  return row && { seal: row.seal, hash: row.hash, changes: row.changes, sealedAt: row.sealed_at };
}

/** Only ever forward: who cut the record's end off is found out by the head that was longer. */
async function keepHead(control: Databases['control'], orgId: string, head: Head): Promise<void> {
  const { seal, hash, changes, sealedAt: sealed_at } = head;
  await control
    .insertInto('audit_heads')
    .values({ organisation_id: orgId, seal, hash, changes, sealed_at })
    .onConflict((conflict) =>
      conflict
        .column('organisation_id')
        .doUpdateSet({ seal, hash, changes, sealed_at })
        .where('audit_heads.seal', '<', seal),
    )
    .execute();
}

/** One seal, if there is something to seal. */
async function sealNext(
  tx: Tx,
  kept: Head | undefined,
): Promise<{ changes: number; more: boolean; head: Head | undefined }> {
  const { orgId } = tx.scope;
  // One sealer at a time in an organisation; what is read after it is what the one before has left.
  await takeTurn(tx, 'history.seal');
  const last = await newestSeal(tx);
  await requireKeptHead(tx, kept, last);
  const here = await whereAndWhen(tx);
  const arrived = last !== undefined && last.place !== here.place;
  const found = arrived ? await unsealed(tx, here.horizon) : await finishedSince(tx, last?.horizon ?? 0, here.horizon);
  if (found.ids.length === 0 && !arrived) return { changes: 0, more: false, head: await headOf(tx, last) };
  const seal: Seal = {
    number: (last?.number ?? 0) + 1,
    ids: rangesOf(found.ids),
    changes: found.ids.length,
    rowHashes: Buffer.concat(found.hashes),
    previousHash: last?.hash ?? noHash,
    horizon: found.horizon,
    place: here.place,
    sealedAt: here.now,
  };
  const stored = { ...seal, hash: sealHash(orgId, seal) };
  await insertSeal(tx, stored);
  return { changes: seal.changes, more: found.horizon < here.horizon, head: await headOf(tx, stored) };
}

export async function newestSeal(tx: Tx): Promise<StoredSeal | undefined> {
  const [last] = await tx.query<StoredSeal>(
    `select ${sealColumns} from change_seals where org_id = $1 order by number desc limit 1`,
    [tx.scope.orgId],
  );
  return last;
}

/** Sealing on over a record that lost its end would hide the loss. */
async function requireKeptHead(tx: Tx, kept: Head | undefined, last: StoredSeal | undefined): Promise<void> {
  if (!kept) return;
  const [same] = await tx.query<{ hash: Buffer }>('select hash from change_seals where org_id = $1 and number = $2', [
    tx.scope.orgId,
    kept.seal,
  ]);
  if (same && kept.hash.equals(same.hash)) return;
  throw new AppError('record_broken', {
    message: `The record of changes ends at seal ${last?.number ?? 0} or was altered; the seal kept apart is number ${kept.seal}. Nothing more is sealed. Verify the record.`,
  });
}

interface Here {
  place: string;
  /** Every transaction below it has ended. */
  horizon: number;
  now: string;
}

async function whereAndWhen(tx: Tx): Promise<Here> {
  const [here] = await tx.query<Here>(
    `select ${placeOfRecord} as place, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
            ${instantText('clock_timestamp()')} as now`,
    [tx.scope.orgId],
  );
  if (!here) throw new Error('The database does not say where it is.');
  return here;
}

interface Found {
  ids: number[];
  hashes: Buffer[];
  /** Transactions below it are under this seal or an earlier one. */
  horizon: number;
}

/** The changes of transactions from one horizon to the next, or of the first so many of them. */
async function finishedSince(tx: Tx, from: number, to: number): Promise<Found> {
  const values = [tx.scope.orgId, from, to];
  const window = 'c.org_id = $1 and c.xid >= $2::text::xid8 and c.xid < $3::text::xid8';
  const [first, beyond] = await Promise.all(
    [0, sealSize].map((offset) =>
      tx.query<{ xid: number }>(
        `select c.xid::text::bigint as xid from changes c where ${window} order by c.xid limit 1 offset ${offset}`,
        values,
      ),
    ),
  );
  // Whole transactions only; one that made more than a seal's fill has a seal of its own.
  const most = beyond?.[0]?.xid;
  const horizon = most === undefined ? to : Math.max(most, (first?.[0]?.xid ?? 0) + 1);
  const found: Found = { ids: [], hashes: [], horizon };
  for (let more = true; more;) {
    const rows = await tx.query<{ id: number; text: string }>(
      `select c.id, ${changeText} as text from changes c where ${window} and c.id > $4 order by c.id limit ${sealSize}`,
      [tx.scope.orgId, from, horizon, found.ids.at(-1) ?? 0],
    );
    addTo(found, rows);
    more = rows.length === sealSize;
  }
  return found;
}

/** What no seal covers, whatever transaction it belongs to. Reads every id: once after a move. */
async function unsealed(tx: Tx, horizon: number): Promise<Found> {
  const ids = await unsealedIds(tx, horizon);
  const found: Found = { ids: [], hashes: [], horizon };
  for (let at = 0; at < ids.length; at += sealSize) {
    const rows = await tx.query<{ id: number; text: string }>(
      `select c.id, ${changeText} as text from changes c where c.org_id = $1 and c.id = any($2::bigint[]) order by c.id`,
      [tx.scope.orgId, ids.slice(at, at + sealSize)],
    );
    addTo(found, rows);
  }
  return found;
}

/** Ids of changes of transactions below the horizon that are under no seal, ascending. */
export async function unsealedIds(tx: Tx, horizon: number, newest?: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `with sealed as (
       select generate_series(lower(r), upper(r) - 1) as id from change_seals s cross join unnest(s.ids) r
        where s.org_id = $1 and s.number <= $3)
     select c.id from changes c
      where c.org_id = $1 and c.xid < $2::text::xid8 and not exists (select from sealed where sealed.id = c.id)
      order by c.id`,
    [tx.scope.orgId, horizon, newest ?? Number.MAX_SAFE_INTEGER],
  );
  return rows.map(({ id }) => id);
}

function addTo(found: Found, rows: readonly { id: number; text: string }[]): void {
  for (const { id, text } of rows) {
    found.ids.push(id);
    found.hashes.push(hashOf(text));
  }
}

async function insertSeal(tx: Tx, seal: StoredSeal): Promise<void> {
  await tx.query(
    `insert into change_seals (org_id, number, ids, changes, row_hashes, previous_hash, hash, horizon, place, sealed_at)
     values ($1, $2, $3::text::int8multirange, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.scope.orgId,
      seal.number,
      seal.ids,
      seal.changes,
      seal.rowHashes,
      seal.previousHash,
      seal.hash,
      seal.horizon,
      seal.place,
      seal.sealedAt,
    ],
  );
}

/** The newest seal for keeping elsewhere, and how much came after it. */
export async function getHead(tx: Tx, organisation: string): Promise<{ head: AuditHead | null; unsealed: number }> {
  const head = await headOf(tx, await newestSeal(tx));
  const [later] = await tx.query<{ count: number }>(
    `select count(*)::int as count from changes
      where org_id = $1 and xid >= coalesce((select horizon from change_seals where org_id = $1 order by number desc limit 1), 0)::text::xid8`,
    [tx.scope.orgId],
  );
  return {
    head: head ? { organisation, ...head, hash: head.hash.toString('hex') } : null,
    unsealed: later?.count ?? 0,
  };
}

export async function headOf(tx: Tx, last: StoredSeal | undefined): Promise<Head | undefined> {
  if (!last) return undefined;
  const [count] = await tx.query<{ changes: number }>(
    'select coalesce(sum(changes), 0)::bigint as changes from change_seals where org_id = $1 and number <= $2',
    [tx.scope.orgId, last.number],
  );
  return { seal: last.number, hash: last.hash, changes: count?.changes ?? 0, sealedAt: last.sealedAt };
}
