import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { progressQuery } from './advance-queries.ts';

/** “12/40”: so many of the items are agreed. */
export function AdvanceCount({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data } = useQuery(progressQuery(org.slug, engagement.id));
  if (!data || data.all === 0) return null;
  return (
    <>
      {data.agreed}/{data.all}
      <span className="sr-only"> agreed</span>
    </>
  );
}
