import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Claim, Conflict } from '#features/scheduling/claims/contract.ts';
import { claimsApi } from '#features/scheduling/claims/web/claim-queries.ts';
import { ConflictList, conflictsOf } from '#features/scheduling/claims/web/conflict-list.tsx';
import type { ClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Engagement } from '../../contract.ts';

interface ConfirmProps {
  engagement: Pick<Engagement, 'id' | 'title' | 'pack' | 'zone'>;
  /** What it claims: among them are the holds that may challenge those in front. */
  claims: readonly Claim[];
  changes: ClaimChanges;
  onClose: () => void;
}

/** Commits everything that an engagement claims, at once or not at all; then each blocker is named. */
export function ConfirmEngagement({ open, ...form }: ConfirmProps & { open: boolean }) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && form.onClose()} title={`Confirm ${form.engagement.title}?`}>
      {open && <ConfirmForm {...form} />}
    </Dialog>
  );
}

function ConfirmForm({ engagement, claims, changes, onClose }: ConfirmProps) {
  const org = useOrg();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const confirm = useChange(org.slug, ['engagements', 'claims', 'challenges', 'stage_decisions'], () =>
    claimsApi.confirm({ org: org.slug, params: { id: engagement.id }, body: { reason: reason.trim() } }),
  );
  const blockers = conflictsOf(confirm.error);
  const first = blockers[0];
  const challenge = challengeOf(blockers, claims);
  const stage = packs[engagement.pack].stages.find(({ key }) => key === packs[engagement.pack].confirmedStage)?.label;
  const submit = () =>
    confirm.mutate(undefined, {
      onSuccess: ({ claims }) => {
        toast({ tone: 'good', title: `${engagement.title} is confirmed`, detail: `${claims.length} committed.` });
        onClose();
      },
    });
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="space-y-4 pb-5" aria-live="polite">
        {blockers.length > 0 ? (
          <>
            <p className="text-sm font-medium text-danger">
              Nothing was committed. {blockers.length === 1 ? 'This stands' : `These ${blockers.length} stand`} in the
              way:
            </p>
            <ConflictList conflicts={blockers} asked={engagement.title} zoneOf={() => engagement.zone ?? org.zone} />
          </>
        ) : (
          <p className="text-sm text-ink-soft">
            Every {org.words.pencil.one} and {org.words.hold.one} becomes a {org.words.commit.one}, all at once, and it
            moves to {stage}. If anything is taken, nothing changes and you see what.
          </p>
        )}
        <FieldFrame label="Reason" optional hint="Kept with the decision.">
          {(control) => (
            <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </FieldFrame>
        {confirm.error && blockers.length === 0 && <ErrorNotice error={confirm.error} />}
      </div>
      <DialogFooter>
        {first && (
          <Button asChild>
            <Link
              to="/o/$org/find"
              params={{ org: org.slug }}
              search={{ startsAt: first.startsAt, endsAt: first.endsAt, engagement: engagement.id }}
            >
              <Search aria-hidden /> Find a free one
            </Link>
          </Button>
        )}
        {challenge && (
          <Button
            onClick={() => {
              onClose();
              void changes.challenge(challenge.claimId, challenge.own);
            }}
          >
            Challenge {challenge.title}
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={confirm.isPending}>
          {blockers.length > 0 ? 'Try again' : 'Confirm all'}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** The first blocker that is the hold right in front of one of ours. */
function challengeOf(
  blockers: readonly Conflict[],
  claims: readonly Claim[],
): { claimId: string; title: string; own: Claim } | null {
  for (const { resourceId, startsAt, blockers: inTheWay } of blockers) {
    const own = claims.find(
      (claim) => claim.resourceId === resourceId && claim.startsAt === startsAt && claim.rank !== null,
    );
    const front = inTheWay.find(({ status, rank }) => status === 'hold' && rank !== null && rank + 1 === own?.rank);
    if (own && front) return { claimId: front.claimId, title: front.title, own };
  }
  return null;
}
