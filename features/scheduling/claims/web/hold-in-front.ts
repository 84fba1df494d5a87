import type { Claim } from '../contract.ts';

/** The hold right in front in the queue: the only one that a hold may challenge. */
export function holdInFront(claim: Claim, claims: readonly Claim[]): Claim | null {
  if (claim.status !== 'hold' || claim.rank === null || claim.rank === 1) return null;
  const rank = claim.rank - 1;
  const overlaps = (other: Claim) => other.startsAt < claim.endsAt && other.endsAt > claim.startsAt;
  return (
    claims.find((other) => other.resourceId === claim.resourceId && other.rank === rank && overlaps(other)) ?? null
  );
}
