import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Cascade } from '../cascade-contract.ts';
import { CallPanel } from './call-panel.tsx';
import { cascadesQuery } from './call-queries.ts';
import { CascadeCard } from './cascade-card.tsx';
import { CascadeDialogs } from './cascade-dialogs.tsx';
import { CascadeMenu, type CascadeDialog } from './cascade-menu.tsx';
import { openNeedsQuery, type OpenNeed } from './open-seat-queries.ts';
import { StartCalls, type CallableNeed } from './start-calls.tsx';
import { UncalledNeeds } from './uncalled-needs.tsx';

/** So many rounds stand open at first; of more, only their heads. */
const unfoldedAtFirst = 3;

/** Whom an engagement calls, for what, and how far that is; what is open, and not called for. */
export function CallsTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const cascades = useQuery(cascadesQuery(org.slug, engagement.id));
  const open = useQuery({ ...openNeedsQuery(org.slug, engagement.id), enabled: org.can('needs.read') });
  const [starting, setStarting] = useState<CallableNeed | null>(null);
  const [dialog, setDialog] = useState<CascadeDialog | null>(null);
  const [callId, setCallId] = useState<string | null>(null);
  if (cascades.error) return <ErrorNotice error={cascades.error} onRetry={() => void cascades.refetch()} />;
  if (cascades.isPending || open.isLoading) return <SkeletonRows />;
  const { latest, earlier } = byNeed(cascades.data.items);
  const openNeeds = open.data?.items ?? [];
  const uncalled = openNeeds.filter(({ need }) => !latest.some(({ needId }) => needId === need.id));
  const start = ({ need }: OpenNeed) => setStarting({ id: need.id, title: need.title, engagement: engagement.title });
  const card = (cascade: Cascade, unfolded: boolean, actions: ReactNode) => (
    <CascadeCard key={cascade.id} {...{ cascade, unfolded, actions }} onCall={setCallId} />
  );
  const again = (cascade: Cascade) => {
    const need = openNeeds.find(({ need: { id } }) => id === cascade.needId);
    const over = cascade.state !== 'running' && cascade.state !== 'paused';
    return over && need && org.can('calls.run') ? (
      <Button size="sm" onClick={() => start(need)}>
        Call again…
      </Button>
    ) : null;
  };
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-6">
      {latest.length + earlier.length + uncalled.length === 0 && (
        <EmptyState
          icon={Megaphone}
          title="Nobody is called"
          actions={
            org.can('needs.read') && (
              <Button asChild>
                <Link
                  to="/o/$org/engagements/$id"
                  params={{ org: org.slug, id: engagement.id }}
                  search={{ tab: 'seats' }}
                >
                  To the seats
                </Link>
              </Button>
            )
          }
        >
          Once there are seats to fill, people are called for them from here: one after another down a ranked list,
          until every seat is taken.
        </EmptyState>
      )}
      {uncalled.length > 0 && <UncalledNeeds items={uncalled} onStart={start} />}
      {latest.length > 0 && (
        <section aria-label="Calls" className="grid grid-cols-1 gap-3">
          {latest.map((cascade) =>
            card(
              cascade,
              latest.length <= unfoldedAtFirst,
              <>
                {again(cascade)}
                <CascadeMenu cascade={cascade} onDialog={setDialog} />
              </>,
            ),
          )}
        </section>
      )}
      {earlier.length > 0 && (
        <section aria-label="Earlier rounds" className="grid grid-cols-1 gap-3">
          <h3 className="text-sm font-medium text-ink-faint">Earlier rounds</h3>
          {earlier.map((cascade) => card(cascade, false, null))}
        </section>
      )}
      <StartCalls need={starting} onClose={() => setStarting(null)} />
      <CascadeDialogs dialog={dialog} onClose={() => setDialog(null)} />
      <CallPanel id={callId} onClose={() => setCallId(null)} />
    </div>
  );
}

const urgency = ['exhausted', 'paused', 'running', 'halted', 'cancelled', 'done'] as const;

/** The newest round of each need, those that want somebody first; and the rounds before, or for what isn't needed any more. */
function byNeed(newestFirst: readonly Cascade[]): { latest: Cascade[]; earlier: Cascade[] } {
  const ofNeed = Map.groupBy(newestFirst, ({ needId }) => needId);
  const latest = [...ofNeed.values()].flatMap(([newest]) => (newest && !newest.needDropped ? [newest] : []));
  return {
    latest: latest.toSorted(
      (a, b) =>
        Number(b.questions > 0) - Number(a.questions > 0) ||
        urgency.indexOf(a.state) - urgency.indexOf(b.state) ||
        a.needTitle.localeCompare(b.needTitle),
    ),
    earlier: [...ofNeed.values()].flatMap((rounds) => rounds.filter((round) => !latest.includes(round))),
  };
}
