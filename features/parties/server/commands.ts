import type * as z from 'zod';
import { AppError, notFound } from '#platform/contract/errors.ts';
import { insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { party } from '../contract.ts';
import { partyShape, requireParty } from './queries.ts';

export function createParty(tx: Tx, input: z.output<typeof party.create>): Promise<string> {
  return insertRow(tx, partyShape, input);
}

/** @throws AppError version_conflict, duplicate, in_use, merged when it became another meanwhile, not_found */
export async function changeParty(
  tx: Tx,
  id: string,
  { version, ...changes }: z.output<typeof party.patch>,
): Promise<void> {
  const { kind } = await requireParty(tx, id);
  if (changes.kind && changes.kind !== kind) await requireAlone(tx, id);
  await patchRow(tx, partyShape, id, version, changes);
}

/** A company with people, or a person of a company, stays what it is. */
async function requireAlone(tx: Tx, id: string): Promise<void> {
  const [tied] = await tx.query(
    'select from party_people where org_id = $1 and (company_id = $2 or person_id = $2) limit 1',
    [tx.scope.orgId, id],
  );
  if (tied)
    throw new AppError('in_use', {
      message: 'People belong to companies. Take those connections away first, then change the kind.',
      fields: [{ field: 'kind', message: 'People belong to companies. Take those connections away first.' }],
    });
}

/** Their roles on engagements go with them; the history keeps both. */
export async function removeParty(tx: Tx, id: string): Promise<void> {
  const [gone] = await tx.query('delete from parties where org_id = $1 and id = $2 returning id', [tx.scope.orgId, id]);
  if (!gone) throw notFound('This contact');
}
