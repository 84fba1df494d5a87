import { Link } from '@tanstack/react-router';
import { CalendarClock, MessageCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import { formatAgo } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import type { Inquiry } from '../inquiry-contract.ts';
import type { InboxSearch } from './inbox-search.ts';
import { StateBadge } from './state-badge.tsx';

interface InboxListProps {
  rows: readonly Inquiry[];
  current: string | undefined;
  search: InboxSearch;
}

export function InboxList({ rows, current, search }: InboxListProps) {
  const { words } = useOrg();
  return (
    <ul aria-label={words.inquiry.many} className="divide-y divide-line border-y border-line bg-surface">
      {rows.map((row) => (
        <InboxRow key={row.id} row={row} current={row.id === current} search={search} />
      ))}
    </ul>
  );
}

function InboxRow({ row, current, search }: { row: Inquiry; current: boolean; search: InboxSearch }) {
  const org = useOrg();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const zone = row.zone ?? org.zone;
  const who = [row.contactName, row.company].filter(Boolean).join(', ');
  return (
    <li>
      <Link
        ref={link}
        to="/o/$org/inquiries/$id"
        params={{ org: org.slug, id: row.id }}
        search={search}
        aria-current={current ? 'true' : undefined}
        className={cn(
          'grid grid-cols-1 gap-1 border-l-2 px-4 py-2.5 text-sm hover:bg-hover focus-visible:-outline-offset-2',
          current ? 'border-accent bg-hover' : 'border-transparent',
        )}
      >
        <span className="flex items-baseline gap-2">
          <span
            className={cn('min-w-0 flex-1 truncate', row.state === 'new' ? 'font-semibold' : 'font-medium')}
            title={row.title}
          >
            {row.title}
          </span>
          <span className="shrink-0 text-xs text-ink-soft tabular-nums">{formatAgo(row.receivedAt)}</span>
        </span>
        {who && who !== row.title && <span className="truncate text-ink-soft">{who}</span>}
        {row.startsAt && row.endsAt && (
          <span className="flex items-center gap-1.5 text-xs text-ink-soft tabular-nums">
            <CalendarClock aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">
              {rangeText(row.startsAt, row.endsAt, zone, org.zone)}
              {row.placeName && `, ${row.placeName}`}
            </span>
          </span>
        )}
        <span className="flex min-w-0 flex-wrap items-center gap-1.5">
          <StateBadge state={row.state} />
          {row.unanswered && (
            <Badge tone="accent" title="Its sender wrote last">
              <MessageCircle aria-hidden className="mr-1 inline size-3" />
              Wrote
            </Badge>
          )}
          {row.labels.map((label) => (
            <Badge key={label} tone="outline" title={label}>
              {label}
            </Badge>
          ))}
          {row.assigneeName && <span className="ml-auto truncate text-xs text-ink-soft">{row.assigneeName}</span>}
        </span>
      </Link>
    </li>
  );
}
