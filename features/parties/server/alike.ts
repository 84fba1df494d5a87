import { partyShape } from './queries.ts';
import type { AlikeContact, parties, Party } from '../contract.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { rowJson } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { findAlike, lastDigits, namePieces, phoneDigits, type Comparable } from '../duplicate-rules.ts';

/** Whoever makes a contact looks at no more. */
const shown = 5;

/** Letters of a name one after the other. Only where one bears a mark are they taken apart: that takes six times as long. */
const letters = `case when octet_length(name) = length(name) then replace(replace(replace(name, ' ', ''), '-', ''), '.', '')
  else regexp_replace(replace(normalize(name, nfd), 'ß', 'ss'), '[^[:alnum:]]+', '', 'g') end`;

type Wanted = RouteInput<(typeof parties)['routes']['alike']>['query'];

/**
 * Contacts that may be the same as the one described. The database picks those that are worth comparing, the rule decides.
 * @param contacts whether the asker may see addresses and numbers: others don't find by them either
 */
export async function listAlike(tx: Tx, wanted: Wanted, contacts: boolean): Promise<{ items: AlikeContact[] }> {
  const email = (contacts && wanted.email?.trim()) || null;
  const phone = (contacts && wanted.phone) || null;
  const { kind, name } = wanted;
  const candidates = await listCandidates(tx, { kind, name, email, phone });
  const found = findAlike({ kind, name, email, phone }, candidates).slice(0, shown);
  const rows = await tx.query<{ row: Party }>(
    `select ${rowJson(partyShape)} as row from parties r where r.org_id = $1 and r.id = any($2::uuid[])`,
    [tx.scope.orgId, found.map(({ id }) => id)],
  );
  const byId = new Map(rows.map(({ row }) => [row.id, row]));
  return {
    items: found.flatMap(({ id, reasons }) => {
      const party = byId.get(id);
      return party ? [{ party, reasons }] : [];
    }),
  };
}

/**
 * Those that share a mark with it, and some more. No index helps: what compares parts of a value is not leakproof, so under
 * row security it only filters. Of 10,000 contacts it takes about as long as the search of the list.
 */
async function listCandidates(tx: Tx, { kind, name, email, phone }: Omit<Comparable, 'id'>): Promise<Comparable[]> {
  const values: unknown[] = [tx.scope.orgId, kind];
  const mark = (value: unknown) => `$${values.push(value)}`;
  const either: string[] = [];
  const pieces = namePieces(name);
  const digits = phoneDigits(phone)?.slice(-lastDigits);
  if (email) either.push(`lower(email) = lower(${mark(email)})`);
  if (digits) either.push(`right(regexp_replace(phone, '\\D', '', 'g'), ${lastDigits}) = ${mark(digits)}`);
  if (pieces.length > 0) either.push(`${letters} ilike any(${mark(pieces.map((piece) => `%${piece}%`))})`);
  if (either.length === 0) return [];
  return tx.query<Comparable>(
    `select id, kind, name, email, phone from parties where org_id = $1 and kind = $2 and (${either.join(' or ')})`,
    values,
  );
}
