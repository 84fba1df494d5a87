import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { inquiryCountsQuery } from './inquiry-queries.ts';

/** How many nobody has looked into yet. */
export function InboxCount() {
  const org = useOrg();
  const { data } = useQuery(inquiryCountsQuery(org.slug));
  const count = data?.states.new ?? 0;
  if (count === 0) return null;
  return (
    <span className="rounded-full bg-accent px-1.5 text-2xs font-semibold text-on-accent tabular-nums">
      {count > 99 ? '99+' : count}
      <span className="sr-only"> new</span>
    </span>
  );
}
