import { Link } from '@tanstack/react-router';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { claimTitle } from '../claim-words.ts';
import type { Claim } from '../contract.ts';

/** What a claim is for, leading to its engagement when it has one. */
export function ClaimTitle({ claim }: { claim: Claim }) {
  const org = useOrg();
  if (!claim.engagementId) return claimTitle(claim);
  return (
    <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id: claim.engagementId }} className="hover:underline">
      {claimTitle(claim)}
    </Link>
  );
}
