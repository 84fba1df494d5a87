import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { formatMoney } from '#platform/text/money.ts';
import { formatTime } from '#platform/time/format.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import type { Dealing } from '../contract.ts';
import { engagementsApi } from './engagement-queries.ts';
import { StageBadge } from './stage-badge.tsx';

const dealingsQuery = (org: string, partyId: string) =>
  infiniteQueryOptions({
    queryKey: orgKey(org, 'engagement_parties', 'party', partyId),
    queryFn: ({ signal, pageParam }) =>
      engagementsApi.ofParty(
        { org, params: { id: partyId }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    meta: { alsoOn: ['engagements', 'series', 'resources'] },
  });

/** Engagements that a contact has to do with, and as what. */
export function PartyDealings({ partyId }: { partyId: string }) {
  const org = useOrg();
  const list = useInfiniteQuery(dealingsQuery(org.slug, partyId));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const word = org.words.engagement;
  return (
    <Section title={capital(word.many)}>
      {list.isPending && <SkeletonRows rows={3} />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && (
        <p className="text-sm text-ink-faint">
          None yet. A {org.words.party.one} gets a role on {word.many} there, under Overview.
        </p>
      )}
      {rows.length > 0 && (
        <CardList label={word.many}>
          {rows.map((row) => (
            <Row key={row.engagement.id} row={row} />
          ))}
        </CardList>
      )}
      <LoadMore {...list} />
    </Section>
  );
}

function Row({ row: { engagement, roles } }: { row: Dealing }) {
  const org = useOrg();
  const { id, title, startsAt, placeName, stage, pack, valueMinor, valueCurrency } = engagement;
  return (
    <li className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover/60">
      <div className="min-w-0 flex-1">
        <p className="truncate" title={title}>
          <Link
            to="/o/$org/engagements/$id"
            params={{ org: org.slug, id }}
            className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {title}
          </Link>{' '}
          <span className="text-ink-faint">{roles.join(', ')}</span>
        </p>
        <p className="truncate text-xs text-ink-soft tabular-nums">
          {[formatTime(startsAt, engagement.zone ?? org.zone, 'date'), placeName].filter(Boolean).join(', ')}
        </p>
      </div>
      {valueMinor !== null && valueCurrency !== null && (
        <span className="hidden text-ink-soft tabular-nums sm:block">{formatMoney(valueMinor, valueCurrency)}</span>
      )}
      <StageBadge pack={pack} stage={stage} />
    </li>
  );
}
