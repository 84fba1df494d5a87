import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { outboxQuery } from '#features/messaging/web/message-queries.ts';
import { stateWords } from '#features/messaging/web/outbox-search.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';

/** The last so many stand here; the outbox has all. */
const shown = 10;

/** Mails that were written to a contact’s address. */
export function PartyMails({ email }: { email: string }) {
  const org = useOrg();
  const { data, error, refetch } = useInfiniteQuery(outboxQuery(org.slug, { q: email }));
  // The search finds parts of addresses too.
  const rows = (data?.pages[0]?.items ?? []).filter(({ recipient }) => recipient.toLowerCase() === email.toLowerCase());
  return (
    <Section title="Mails">
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && rows.length === 0 && <p className="text-sm text-ink-faint">Nothing was written to {email} yet.</p>}
      {rows.length > 0 && (
        <CardList label="Mails">
          {rows.slice(0, shown).map((row) => (
            <li key={row.id} className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover/60">
              <Link
                to="/o/$org/outbox"
                params={{ org: org.slug }}
                search={{ message: row.id }}
                title={row.subject}
                className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {row.subject}
              </Link>
              <span className="hidden text-xs text-ink-faint tabular-nums sm:block">
                {formatTime(row.createdAt, org.zone, 'date')}
              </span>
              <Badge tone={stateWords[row.state].tone}>{stateWords[row.state].label}</Badge>
            </li>
          ))}
        </CardList>
      )}
    </Section>
  );
}
