import { formatTime } from '#platform/time/format.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

interface Decision {
  id: string;
  fromStage: string;
  toStage: string;
  reason: string;
  decidedBy: string;
  decidedAt: string;
}

/** Who moved it through the pipeline, when and why. */
export function DecisionList({ decisions, pack }: { decisions: readonly Decision[]; pack: PackName }) {
  const org = useOrg();
  const label = (key: string) => packs[pack].stages.find((stage) => stage.key === key)?.label ?? key;
  if (decisions.length === 0)
    return <p className="text-sm text-ink-faint">Nothing was decided yet. Choose a stage above to decide.</p>;
  return (
    <ol className="space-y-3">
      {decisions.map((decision) => (
        <li key={decision.id} className="text-sm">
          <p>
            <span className="font-medium">{decision.decidedBy}</span> moved it from {label(decision.fromStage)} to{' '}
            <span className="font-medium">{label(decision.toStage)}</span>
          </p>
          {decision.reason && <p className="break-words text-ink-soft">“{decision.reason}”</p>}
          <p className="text-xs text-ink-faint">{formatTime(decision.decidedAt, org.zone, 'dateTime')}</p>
        </li>
      ))}
    </ol>
  );
}
