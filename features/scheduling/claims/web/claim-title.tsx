import { Link } from '@tanstack/react-router';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { claimTitle } from '../claim-words.ts';
import type { Claim } from '../contract.ts';

/** What a claim is for, leading to its engagement when it has one, or to the inquiry that it is held for. */
export function ClaimTitle({ claim }: { claim: Claim }) {
  const org = useOrg();
  if (claim.inquiryId && org.can('intake.read')) {
    return (
      <Link to="/o/$org/inquiries/$id" params={{ org: org.slug, id: claim.inquiryId }} className="hover:underline">
        {claimTitle(claim)}
      </Link>
    );
  }
  if (!claim.engagementId) return claimTitle(claim);
  return (
    <Link to="/o/$org/engagements/$id" params={{ org: org.slug, id: claim.engagementId }} className="hover:underline">
      {claimTitle(claim)}
    </Link>
  );
}
