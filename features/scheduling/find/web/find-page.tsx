import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX, Telescope } from 'lucide-react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { resourceQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { FindFilters } from './find-filters.tsx';
import { matchesQuery } from './find-queries.ts';
import { requestOf } from './find-request.ts';
import type { FindSearch } from './find-search.ts';
import { MatchList } from './match-list.tsx';
import { useFindTarget } from './use-find-target.ts';

/** Who or what is free for a time, best match first, with the reason; and from there to a hold or a booking. */
export function FindPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/find' });
  const change = (part: FindSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const target = useFindTarget(search);
  const kind = search.kind ?? 'person';
  return (
    <>
      <PageHeader
        title="Find free"
        description={`Which ${org.words[kind].many} are free for a time and fit, best match first.`}
      />
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 px-4 pb-12 sm:px-6 lg:grid-cols-[19rem_minmax(0,1fr)]">
        <FindFilters search={search} target={target} onChange={change} />
        <section aria-label="Results" aria-live="polite" className="min-w-0">
          <Results search={search} target={target} />
        </section>
      </div>
    </>
  );
}

interface ResultsProps {
  search: FindSearch;
  target: ReturnType<typeof useFindTarget>;
}

function Results({ search, target }: ResultsProps) {
  const org = useOrg();
  const kind = search.kind ?? 'person';
  const near = useQuery({ ...resourceQuery(org.slug, search.near ?? ''), enabled: search.near !== undefined });
  const asked = requestOf(search, target.time, near.data, org.currency);
  const settled = useSettled(asked, 250);
  const request = settled?.ok ? settled.request : null;
  const matches = useQuery({
    ...matchesQuery(org.slug, request ?? { startsAt: '', endsAt: '' }),
    enabled: request !== null,
    placeholderData: keepPreviousData,
  });
  if (!target.time) {
    return (
      <EmptyState icon={Telescope} title="When is it?" className="py-10">
        Choose {withArticle(org.words.engagement.one)}, or a start and an end. Whoever is committed, away, outside their
        hours or busy elsewhere then is left out.
      </EmptyState>
    );
  }
  if (asked && !asked.ok) return <p className="text-sm text-danger">{asked.problem}</p>;
  if (matches.error) return <ErrorNotice error={matches.error} onRetry={() => void matches.refetch()} />;
  if (!matches.data) return <SkeletonRows rows={5} />;
  if (matches.data.items.length === 0) {
    return (
      <EmptyState icon={SearchX} title={`No ${org.words[kind].one} is free and fits`} className="py-10">
        Widen the time or take a filter away. {capital(org.words[kind].many)} that are only held or pencilled would be
        listed.
      </EmptyState>
    );
  }
  return (
    <MatchList
      matches={matches.data.items}
      more={matches.data.more}
      kind={kind}
      target={target}
      units={search.units ?? 1}
      stale={matches.isPlaceholderData}
    />
  );
}
