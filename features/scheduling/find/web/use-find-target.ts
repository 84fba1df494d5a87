import { useQuery } from '@tanstack/react-query';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { FindSearch } from './find-search.ts';
import type { Span } from './find-request.ts';

interface FindTarget {
  /** What it is for, when chosen. */
  engagement: Engagement | undefined;
  /** The time to be free: as typed, else the engagement's. */
  time: Span | null;
  /** Whose clock the times are typed by. */
  zone: string;
}

/** What is searched for: an engagement, its time or another. */
export function useFindTarget(search: FindSearch): FindTarget {
  const org = useOrg();
  const chosen = useQuery({
    ...engagementQuery(org.slug, search.engagement ?? ''),
    enabled: search.engagement !== undefined,
  });
  const engagement = search.engagement ? chosen.data?.engagement : undefined;
  const startsAt = search.startsAt ?? engagement?.startsAt;
  const endsAt = search.endsAt ?? engagement?.endsAt;
  return { engagement, time: startsAt && endsAt ? { startsAt, endsAt } : null, zone: engagement?.zone ?? org.zone };
}
