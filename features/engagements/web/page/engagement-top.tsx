import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ConflictDialog } from '#features/scheduling/claims/web/conflict-dialog.tsx';
import { ReleaseDialog } from '#features/scheduling/claims/web/release-dialog.tsx';
import { useClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Engagement } from '../../contract.ts';
import { EngagementHead } from './engagement-head.tsx';
import { rosterQuery } from './roster-query.ts';
import { StagePipeline } from './stage-pipeline.tsx';

/** What stays in sight whatever tab is open: title, time, actions on the whole, and how far it is. */
export function EngagementTop({ engagement, beside }: { engagement: Engagement; beside?: ReactNode }) {
  const org = useOrg();
  const roster = useQuery({ ...rosterQuery(org.slug, engagement.id), enabled: org.can('claims.read', 'own') });
  const changes = useClaimChanges();
  const [releasing, setReleasing] = useState(false);
  const claims = roster.data ?? [];
  return (
    <>
      <EngagementHead
        engagement={engagement}
        claims={claims}
        changes={changes}
        onReleaseAll={() => setReleasing(true)}
        beside={beside}
      />
      <StagePipeline engagement={engagement} claims={claims} changes={changes} />
      <ReleaseDialog list={releasing ? claims : null} changes={changes} onClose={() => setReleasing(false)} />
      <ConflictDialog refusal={changes.refusal} onClose={changes.closeRefusal} />
    </>
  );
}
