import { Check } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { cn } from '#platform/ui/class-names.ts';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import type { Stage } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import type { ClaimChanges } from '#features/scheduling/claims/web/use-claim-changes.ts';
import type { Engagement } from '../../contract.ts';
import { stageMove } from '../../rules.ts';
import { engagementsApi } from '../engagement-queries.ts';
import { ConfirmEngagement } from './confirm-engagement.tsx';

interface PipelineProps {
  engagement: Engagement;
  claims: readonly Claim[];
  changes: ClaimChanges;
}

/** The pack's stages in order. Choosing one is a decision, recorded with its reason. */
export function StagePipeline({ engagement, claims, changes }: PipelineProps) {
  const org = useOrg();
  const pack = packs[engagement.pack];
  const [chosen, setChosen] = useState<Stage | null>(null);
  const current = pack.stages.findIndex(({ key }) => key === engagement.stage);
  const mayDecide = org.can('engagements.decide');
  // What happens must be confirmed first, whichever of its stages was chosen.
  const answer = chosen && stageMove(pack, chosen.key, engagement.confirmedAt !== null);
  const confirms = answer !== null && 'refused' in answer;
  return (
    <nav aria-label="Stage" className="mt-3 shrink-0 overflow-x-auto border-b border-line px-4 pb-3 sm:px-6">
      <ol className="flex gap-1">
        {pack.stages.map((stage, index) => (
          <li key={stage.key} className={cn(stage.kind === 'lost' && 'ml-3')}>
            <button
              type="button"
              disabled={!mayDecide || index === current}
              aria-current={index === current ? 'step' : undefined}
              onClick={() => setChosen(stage)}
              className={cn(
                'flex h-7 items-center gap-1 rounded-md px-2.5 text-sm whitespace-nowrap',
                index === current ? currentLook(stage) : 'text-ink-soft enabled:hover:bg-hover enabled:hover:text-ink',
              )}
            >
              {index < current && stage.kind !== 'lost' && pack.stages[current]?.kind !== 'lost' && (
                <Check aria-hidden className="size-3.5 text-good" />
              )}
              {stage.label}
            </button>
          </li>
        ))}
      </ol>
      <DecisionDialog
        key={chosen?.key}
        engagement={engagement}
        stage={confirms ? null : chosen}
        onClose={() => setChosen(null)}
      />
      <ConfirmEngagement
        engagement={engagement}
        claims={claims}
        changes={changes}
        open={confirms}
        onClose={() => setChosen(null)}
      />
    </nav>
  );
}

function currentLook({ kind }: Stage): string {
  if (kind === 'lost') return 'bg-danger-soft font-semibold text-on-danger-soft';
  if (kind === 'open') return 'bg-hold-soft font-semibold text-on-hold-soft';
  return 'bg-accent-soft font-semibold text-on-accent-soft';
}

/** Asks for a reason, and says what the move means for what is held. */
export function DecisionDialog({
  engagement,
  stage,
  onClose,
}: {
  engagement: Pick<Engagement, 'id' | 'version' | 'confirmedAt'>;
  stage: Stage | null;
  onClose: () => void;
}) {
  const org = useOrg();
  const [reason, setReason] = useState('');
  const decide = useChange(org.slug, ['engagements', 'stage_decisions', 'claims'], (to: string) =>
    engagementsApi.setStage({
      org: org.slug,
      params: { id: engagement.id },
      body: { version: engagement.version, stage: to, reason: reason.trim() },
    }),
  );
  const lost = stage?.kind === 'lost';
  const unconfirms = stage?.kind === 'open' && engagement.confirmedAt !== null;
  return (
    <Dialog
      open={stage !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Move to ${stage?.label ?? ''}?`}
      size="sm"
    >
      <form
        className="contents"
        onSubmit={(event) => {
          event.preventDefault();
          if (stage) decide.mutate(stage.key, { onSuccess: onClose });
        }}
      >
        <div className="space-y-3 pb-5">
          {lost && (
            <p className="text-sm text-ink-soft">
              Everything that it holds is released, and those waiting behind move up.
            </p>
          )}
          {unconfirms && (
            <p className="text-sm text-ink-soft">
              It no longer counts as confirmed. What is committed for it stays committed.
            </p>
          )}
          <FieldFrame label="Reason" optional hint="Kept with the decision.">
            {(control) => (
              <Input
                {...control}
                autoFocus
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </FieldFrame>
          {decide.error && <ErrorNotice error={decide.error} />}
        </div>
        <SubmitFooter onCancel={onClose} busy={decide.isPending} tone={lost ? 'danger' : 'primary'}>
          Move to {stage?.label}
        </SubmitFooter>
      </form>
    </Dialog>
  );
}
