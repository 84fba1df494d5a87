import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useEffect } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { meQuery } from '#features/identity/web/session.ts';
import { useMinute } from '#platform/ui/use-minute.ts';
import { exactTime } from './when.tsx';

/** For an operator inside an organisation: where they are, until when, and that it is written down. */
export function SupportBanner() {
  const { support, name } = useOrg();
  const queries = useQueryClient();
  const now = useMinute();
  const over = support !== null && Date.parse(support.endsAt) <= now;
  useEffect(() => {
    // The organisation isn't among one's own any more: its pages close.
    if (over) void queries.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [over, queries]);
  if (!support) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-accent-soft px-4 py-2 text-sm text-on-accent-soft sm:px-6"
    >
      <LifeBuoy aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-64 text-pretty break-words">
        Support access to {name} until {exactTime(support.endsAt)}
        {support.level === 'read' && ', for looking only'}; everything you look at is recorded.{' '}
        <span className="opacity-80">“{support.purpose}”</span>
      </p>
      <Link to="/operator" className="font-medium underline underline-offset-2">
        Back to the console
      </Link>
    </div>
  );
}
