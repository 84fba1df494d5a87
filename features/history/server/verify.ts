import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Fault, Verification } from '../contract.ts';
import { changeText, hashLength, hashOf, idsIn, noHash, sealHash } from './seal-hash.ts';
import { keptHead, newestSeal, placeOfRecord, sealColumns, unsealedIds, type Head, type StoredSeal } from './seals.ts';

/** A head that somebody kept elsewhere, to be held against the record. */
export interface GivenHead {
  seal: number;
  /** Hexadecimal. */
  hash: string;
}

/** Faults that are listed; beyond, they are counted. */
const listed = 100;

/**
 * Recomputes every hash of an organisation's record from its rows and compares: each altered, missing and
 * inserted change, each altered seal, a broken chain, and an end that was cut off is named. Changes of the last
 * minute, which no seal covers yet, can't be judged.
 *
 * @param tx read-only
 * @param given heads kept outside of the installation
 */
export async function verifyChanges(
  tx: Tx,
  control: Databases['control'],
  given: readonly GivenHead[] = [],
): Promise<Verification> {
  // The kept head first: seals made meanwhile only make the record longer.
  const kept = await keptHead(control, tx.scope.orgId);
  const last = await newestSeal(tx);
  const report = new Report();
  await verifySeals(tx, last?.number ?? 0, report);
  // A seal that lies about its ids would make every other change look inserted.
  if (last && report.sealsAreSound) await findInserted(tx, last, report);
  if (kept) await verifyKeptHead(tx, kept, last, report);
  else if (last) report.add({ kind: 'head_missing', message: 'The control database keeps no head of this record.' });
  for (const head of given) await verifyHead(tx, head, 'that was given', last, report);
  const [all] = await tx.query<{ count: number }>('select count(*) as count from changes where org_id = $1', [
    tx.scope.orgId,
  ]);
  return report.result(last, all?.count ?? 0);
}

/** Every seal up to `newest`, in order, each read by itself. */
async function verifySeals(tx: Tx, newest: number, report: Report): Promise<void> {
  const numbers = await tx.query<{ number: number }>(
    'select number from change_seals where org_id = $1 and number <= $2 order by number',
    [tx.scope.orgId, newest],
  );
  let previous: StoredSeal | undefined;
  for (const { number } of numbers) {
    const expected = (previous?.number ?? 0) + 1;
    if (number > expected) {
      const which = number === expected + 1 ? `Seal ${expected} is` : `Seals ${expected} to ${number - 1} are`;
      report.add({ kind: 'seal_missing', seal: expected, message: `${which} missing.` });
    }
    const [seal] = await tx.query<StoredSeal>(
      `select ${sealColumns} from change_seals where org_id = $1 and number = $2`,
      [tx.scope.orgId, number],
    );
    if (!seal) continue;
    // Behind a missing one there is nothing to follow.
    const follows = number > expected ? undefined : (previous?.hash ?? noHash);
    await verifySeal(tx, seal, follows, report);
    previous = seal;
  }
}

class Report {
  readonly #faults: Fault[] = [];
  #count = 0;
  #changes = 0;
  #sealFault = false;

  add(fault: Partial<Fault> & Pick<Fault, 'kind' | 'message'>): void {
    this.#count++;
    if (fault.kind === 'seal_altered' || fault.kind === 'seal_missing') this.#sealFault = true;
    if (this.#faults.length < listed)
      this.#faults.push({ seal: null, changeId: null, entity: null, entityId: null, ...fault });
  }

  get sealsAreSound(): boolean {
    return !this.#sealFault;
  }

  verified(changes: number): void {
    this.#changes += changes;
  }

  result(last: StoredSeal | undefined, all: number): Verification {
    return {
      sound: this.#count === 0,
      seals: last?.number ?? 0,
      changes: this.#changes,
      unsealed: Math.max(0, all - this.#changes),
      head: last ? { seal: last.number, hash: last.hash.toString('hex') } : null,
      faults: this.#faults,
      faultCount: this.#count,
    };
  }
}

interface Row {
  id: number;
  entity: string;
  entityId: string;
  text: string;
}

async function verifySeal(tx: Tx, seal: StoredSeal, previous: Buffer | undefined, report: Report): Promise<void> {
  const { number } = seal;
  if (!sealHash(tx.scope.orgId, seal).equals(seal.hash)) {
    return report.add({ kind: 'seal_altered', seal: number, message: `Seal ${number} itself was altered.` });
  }
  if (previous && !previous.equals(seal.previousHash)) {
    report.add({
      kind: 'chain_broken',
      seal: number,
      message: `Seal ${number} does not follow seal ${number - 1}: one of them was exchanged.`,
    });
  }
  const rows = new Map((await rowsUnder(tx, number)).map((row) => [row.id, row]));
  const ids = idsIn(seal.ids);
  report.verified(ids.length);
  ids.forEach((id, index) => {
    const row = rows.get(id);
    const expected = seal.rowHashes.subarray(index * hashLength, (index + 1) * hashLength);
    if (!row) {
      report.add({ kind: 'row_missing', seal: number, changeId: id, message: `Change ${id} is missing.` });
    } else if (!hashOf(row.text).equals(expected)) {
      const { entity, entityId } = row;
      const message = `Change ${id} (${entity}) was altered.`;
      report.add({ kind: 'row_altered', seal: number, changeId: id, entity, entityId, message });
    }
  });
}

/** One look-up per range of ids, by the primary key. */
function rowsUnder(tx: Tx, number: number): Promise<Row[]> {
  return tx.query<Row>(
    `select c.id, c.entity, c.entity_id as "entityId", ${changeText} as text
       from change_seals s cross join unnest(s.ids) r
            cross join lateral (select * from changes o where o.org_id = $1 and o.id >= lower(r) and o.id < upper(r) offset 0) c
      where s.org_id = $1 and s.number = $2`,
    [tx.scope.orgId, number],
  );
}

/**
 * A change that no seal covers though its transaction was over when the newest seal was made. Of a record that
 * was brought here since, the next seal covers whatever came unsealed.
 */
async function findInserted(tx: Tx, last: StoredSeal, report: Report): Promise<void> {
  const [here] = await tx.query<{ place: string }>(`select ${placeOfRecord} as place`, [tx.scope.orgId]);
  if (here?.place !== last.place) return;
  const ids = await unsealedIds(tx, last.horizon, last.number);
  if (ids.length === 0) return;
  const rows = await tx.query<Omit<Row, 'text'>>(
    'select id, entity, entity_id as "entityId" from changes where org_id = $1 and id = any($2::bigint[]) order by id',
    [tx.scope.orgId, ids],
  );
  for (const { id, entity, entityId } of rows) {
    const message = `Change ${id} (${entity}) was inserted: no seal covers it.`;
    report.add({ kind: 'row_inserted', changeId: id, entity, entityId, message });
  }
}

async function verifyHead(
  tx: Tx,
  head: GivenHead,
  where: string,
  last: StoredSeal | undefined,
  report: Report,
): Promise<boolean> {
  if (head.seal > (last?.number ?? 0)) {
    const end = last ? `ends at seal ${last.number}` : 'has no seals';
    report.add({
      kind: 'end_cut_off',
      seal: head.seal,
      message: `The record ${end}, and the head ${where} is seal ${head.seal}: its end was cut off.`,
    });
    return false;
  }
  const [seal] = await tx.query<{ hash: Buffer }>('select hash from change_seals where org_id = $1 and number = $2', [
    tx.scope.orgId,
    head.seal,
  ]);
  if (seal && seal.hash.toString('hex') === head.hash.toLowerCase()) return true;
  report.add({
    kind: 'head_differs',
    seal: head.seal,
    message: `Seal ${head.seal} is not the one of the head ${where}: the record was made anew, or the head was altered.`,
  });
  return false;
}

/** The head in the control database, with what else it says. */
async function verifyKeptHead(tx: Tx, kept: Head, last: StoredSeal | undefined, report: Report): Promise<void> {
  const where = 'kept in the control database';
  if (!(await verifyHead(tx, { seal: kept.seal, hash: kept.hash.toString('hex') }, where, last, report))) return;
  const [same] = await tx.query(
    `select from change_seals s where s.org_id = $1 and s.number = $2 and date_trunc('milliseconds', s.sealed_at) = $3
        and (select sum(o.changes) from change_seals o where o.org_id = $1 and o.number <= $2) = $4`,
    [tx.scope.orgId, kept.seal, kept.sealedAt, kept.changes],
  );
  if (same) return;
  report.add({ kind: 'head_differs', seal: kept.seal, message: `The head ${where} was altered.` });
}
