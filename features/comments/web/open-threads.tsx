import { useQuery } from '@tanstack/react-query';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Subject } from '../subject-kinds.ts';
import { openThreadsQuery } from './comment-queries.ts';

/** How many threads are open on the engagement itself, or on its notes. */
function OpenThreads({ engagement, subject }: { engagement: Engagement; subject: Subject }) {
  const org = useOrg();
  const { data } = useQuery({ ...openThreadsQuery(org.slug, engagement.id), enabled: org.can('comments.read') });
  const open = (data?.items ?? []).filter((one) => one.subject === subject).reduce((sum, one) => sum + one.open, 0);
  return open > 0 ? open : null;
}

export function OpenEngagementThreads({ engagement }: { engagement: Engagement }) {
  return <OpenThreads engagement={engagement} subject="engagements" />;
}

export function OpenNoteThreads({ engagement }: { engagement: Engagement }) {
  return <OpenThreads engagement={engagement} subject="notes" />;
}
