import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { inboxQuery } from '#features/intake/inquiries/web/inquiry-queries.ts';
import { StateBadge } from '#features/intake/inquiries/web/state-badge.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { formatTime } from '#platform/time/format.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';

/** What a contact asked for. */
export function PartyInquiries({ partyId }: { partyId: string }) {
  const org = useOrg();
  const list = useInfiniteQuery(inboxQuery(org.slug, { partyId, limit: 20 }));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title={capital(org.words.inquiry.many)}>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <p className="text-sm text-ink-faint">They asked for nothing yet.</p>}
      {rows.length > 0 && (
        <CardList label={org.words.inquiry.many}>
          {rows.map((row) => (
            <li key={row.id} className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover/60">
              <Link
                to="/o/$org/inquiries/$id"
                params={{ org: org.slug, id: row.id }}
                title={row.title}
                className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {row.title}
              </Link>
              <span className="hidden text-xs text-ink-faint tabular-nums sm:block">
                {formatTime(row.receivedAt, org.zone, 'date')}
              </span>
              <StateBadge state={row.state} />
            </li>
          ))}
        </CardList>
      )}
      <LoadMore {...list} />
    </Section>
  );
}
