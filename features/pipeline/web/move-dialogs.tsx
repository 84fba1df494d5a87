import { useQuery } from '@tanstack/react-query';
import { ConfirmEngagement } from '#features/engagements/web/page/confirm-engagement.tsx';
import { rosterQuery } from '#features/engagements/web/page/roster-query.ts';
import { DecisionDialog } from '#features/engagements/web/page/stage-pipeline.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ConflictDialog } from '#features/scheduling/claims/web/conflict-dialog.tsx';
import { useClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { AskedMove } from './use-moves.ts';

/** What a move asks before it happens: the same dialogs as on the engagement’s own page. */
export function MoveDialogs({ asked, onClose }: { asked: AskedMove | null; onClose: () => void }) {
  if (!asked) return null;
  if (asked.confirms) return <Confirm key={asked.card.id} asked={asked} onClose={onClose} />;
  return <DecisionDialog engagement={asked.card} stage={asked.stage} onClose={onClose} />;
}

function Confirm({ asked: { card }, onClose }: { asked: AskedMove; onClose: () => void }) {
  const org = useOrg();
  const changes = useClaimChanges();
  const roster = useQuery({ ...rosterQuery(org.slug, card.id), enabled: org.can('claims.read', 'own') });
  return (
    <>
      <ConfirmEngagement engagement={card} claims={roster.data ?? []} changes={changes} open onClose={onClose} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </>
  );
}
