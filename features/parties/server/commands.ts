import type * as z from 'zod';
import { notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { party } from '../contract.ts';
import { partyShape } from './queries.ts';

export function createParty(tx: Tx, input: z.output<typeof party.create>): Promise<string> {
  return insertRow(tx, partyShape, input);
}

export function changeParty(tx: Tx, id: string, { version, ...changes }: z.output<typeof party.patch>): Promise<void> {
  return patchRow(tx, partyShape, id, version, changes);
}

/** Their roles on engagements go with them; the history keeps both. */
export async function removeParty(tx: Tx, id: string): Promise<void> {
  const [gone] = await tx.query('delete from parties where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (!gone) throw notFound('This contact');
}
