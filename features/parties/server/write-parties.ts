import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Party } from '../contract.ts';

/** All of a contact that an import may write. The version is as it was read; 0 for a new one. */
export type PartyRecord = Omit<Party, 'createdAt' | 'updatedAt'>;

/** Records per statement, each well within its time limit. */
const chunk = 5_000;

const recordset = `json_to_recordset($2::json) as w(id uuid, version int, kind text, name text, email text, phone text,
  address text, website text, roles text[], notes text, "externalRef" text)`;

/** Every contact, as an import compares it with its rows. */
export async function readPartyRecords(tx: Tx): Promise<PartyRecord[]> {
  return tx.query<PartyRecord>(
    `select id, version, kind, name, email, phone, address, website, roles, notes, external_ref as "externalRef"
       from parties where org_id = $1`,
    [tx.scope.orgId],
  );
}

/** Who belongs to which company. */
export async function readBelongings(tx: Tx): Promise<{ personId: string; companyId: string }[]> {
  return tx.query('select person_id as "personId", company_id as "companyId" from party_people where org_id = $1', [
    tx.scope.orgId,
  ]);
}

/**
 * Writes many contacts at once, for imports: new ones whole, changed ones where nobody changed them since.
 * @throws AppError version_conflict when somebody did; by constraint what a single write would say
 */
export async function writeParties(
  tx: Tx,
  creates: readonly PartyRecord[],
  updates: readonly PartyRecord[],
  belongings: readonly { personId: string; companyId: string }[],
): Promise<void> {
  for (const records of chunked(creates)) {
    await tx.query(
      `insert into parties (org_id, id, kind, name, email, phone, address, website, roles, notes, external_ref)
       select $1, w.id, w.kind, w.name, w.email, w.phone, w.address, w.website, w.roles, w.notes, w."externalRef"
         from ${recordset}`,
      [tx.scope.orgId, JSON.stringify(records)],
    );
  }
  for (const records of chunked(updates)) {
    const written = await tx.query(
      `update parties r set kind = w.kind, name = w.name, email = w.email, phone = w.phone, address = w.address,
              website = w.website, roles = w.roles, notes = w.notes, external_ref = w."externalRef",
              version = r.version + 1, updated_at = now()
         from ${recordset} where r.org_id = $1 and r.id = w.id and r.version = w.version returning r.id`,
      [tx.scope.orgId, JSON.stringify(records)],
    );
    if (written.length < records.length)
      throw new AppError('version_conflict', {
        message: 'Somebody changed one of these contacts in the meantime. Start the import again.',
      });
  }
  for (const ties of chunked(belongings)) {
    await tx.query(
      `insert into party_people (org_id, id, company_id, person_id)
       select $1, w.id, w."companyId", w."personId" from json_to_recordset($2::json) as w(id uuid, "companyId" uuid, "personId" uuid)
       on conflict on constraint party_people_once do nothing`,
      [tx.scope.orgId, JSON.stringify(ties.map((tie) => ({ id: uuidv7(), ...tie })))],
    );
  }
}

function* chunked<T>(records: readonly T[]): Generator<T[]> {
  for (let at = 0; at < records.length; at += chunk) yield records.slice(at, at + chunk);
}
