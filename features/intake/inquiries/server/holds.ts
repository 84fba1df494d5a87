import type * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { claimInput } from '#features/scheduling/claims/contract.ts';
import { placeWithin } from '#features/scheduling/claims/server/place.ts';
import { invalid } from '#platform/contract/errors.ts';
import { claimsOf, lockInquiry, takeStep } from './steps.ts';

/** More than anybody compares; what is held for one inquiry stays one look. */
const claimsAtMost = 100;

/**
 * Places ranked holds that stand for the inquiry until there is an engagement: all of them, or none.
 * @returns the claims’ ids. @throws AppError conflict, already_decided, not_found, invalid_input
 */
export async function holdFor(tx: Tx, id: string, claims: readonly z.output<typeof claimInput>[]): Promise<string[]> {
  const committed = claims.findIndex(({ status }) => status === 'commit');
  if (committed >= 0)
    throw invalid(`claims.${committed}.status`, 'For an inquiry times are held; approving it can commit them.');
  const inquiry = await lockInquiry(tx, id);
  if ((await claimsOf(tx, id)).length + claims.length > claimsAtMost)
    throw invalid('claims', `For one inquiry at most ${claimsAtMost} times are held. Release some first.`);
  // Without an engagement the board shows a claim by its note.
  const placed = await placeWithin(tx, {
    engagementId: null,
    claims: claims.map((claim) => ({ ...claim, note: claim.note || inquiry.title })),
  });
  await tx.query(
    `insert into inquiry_claims (org_id, id, inquiry_id, claim_id)
     select $1, w.id, $2, w.claim from unnest($3::uuid[], $4::uuid[]) as w(id, claim)`,
    [tx.scope.orgId, id, placed.map(() => uuidv7()), placed],
  );
  await takeStep(tx, inquiry, 'hold');
  return placed;
}

/** Those whose last hold is gone, however it went, are in review again. Twice is the same as once. */
export async function settleUnheld(tx: Tx): Promise<void> {
  const unheld = await tx.query<{ id: string }>(
    `select q.id from inquiries q where q.org_id = $1 and q.state = 'hold'
        and not exists (select from inquiry_claims k where k.org_id = $1 and k.inquiry_id = q.id) order by q.id`,
    [tx.scope.orgId],
  );
  for (const { id } of unheld) {
    const inquiry = await lockInquiry(tx, id);
    // Somebody may have decided, or held again, in this very moment.
    if (inquiry.state !== 'hold' || (await claimsOf(tx, id)).length > 0) continue;
    await takeStep(tx, inquiry, 'unheld', 'Nothing is held for it any more.');
  }
}
