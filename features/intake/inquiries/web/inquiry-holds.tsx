import { useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { boardResourcesQuery } from '#features/scheduling/claims/web/claim-queries.ts';
import { ConflictDialog } from '#features/scheduling/claims/web/conflict-dialog.tsx';
import { HeldRow } from '#features/scheduling/claims/web/held-row.tsx';
import { ReleaseDialog } from '#features/scheduling/claims/web/release-dialog.tsx';
import { useClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { isOpen } from '../rules.ts';
import { HoldDialog } from './hold-dialog.tsx';

/** What is held for an inquiry, each at its place in the queue. */
export function InquiryHolds({ detail: { inquiry, claims } }: { detail: InquiryDetail }) {
  const org = useOrg();
  const { data: resources } = useQuery({ ...boardResourcesQuery(org.slug), enabled: claims.length > 0 });
  const [adding, setAdding] = useState(false);
  const [releasing, setReleasing] = useState<readonly Claim[] | null>(null);
  const changes = useClaimChanges();
  const mayHold = org.can('intake.write') && isOpen(inquiry.state);
  if (claims.length === 0 && !mayHold) return null;
  const { hold } = org.words;
  return (
    <Section
      title="Held for it"
      actions={
        mayHold && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <CalendarPlus aria-hidden /> Place {withArticle(hold.one)}
          </Button>
        )
      }
    >
      {claims.length === 0 && (
        <p className="text-sm text-pretty text-ink-soft">
          Nothing yet. {withArticle(hold.one).replace(/^a/, 'A')} keeps its place in the queue while you decide; whoever
          stands before it can be challenged.
        </p>
      )}
      {claims.length > 0 && (
        <CardList label="Held for it">
          {claims.map((claim) => (
            <HeldRow
              key={claim.id}
              claim={claim}
              name={resources?.find(({ id }) => id === claim.resourceId)?.name ?? '…'}
              changes={changes}
              onRelease={(one) => setReleasing([one])}
            />
          ))}
        </CardList>
      )}
      <HoldDialog inquiry={inquiry} open={adding} onOpenChange={setAdding} />
      <ReleaseDialog list={releasing} changes={changes} onClose={() => setReleasing(null)} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </Section>
  );
}
