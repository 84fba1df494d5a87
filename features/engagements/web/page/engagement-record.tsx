import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Engagement } from '../../contract.ts';
import { engagementQuery } from '../engagement-queries.ts';
import { DecisionList } from './decision-list.tsx';
import { HistoryList } from './history-list.tsx';

/** What was decided, and all that happened. */
export function EngagementRecord({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data } = useQuery(engagementQuery(org.slug, engagement.id));
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-2 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <Section title="Decisions" className="min-w-0 first:pt-0 xl:order-last xl:pt-0">
        <DecisionList decisions={data?.decisions ?? []} pack={engagement.pack} />
      </Section>
      {org.can('activity.read') && (
        <Section title="Activity" className="min-w-0 xl:pt-0">
          <HistoryList engagementId={engagement.id} zone={engagement.zone ?? org.zone} />
        </Section>
      )}
    </div>
  );
}
