import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ChevronRight, ListOrdered } from 'lucide-react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { formatDate, formatTime } from '#platform/time/format.ts';
import { capital } from '#features/organisations/web/word-case.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople } from '../contract.ts';
import { listName, peopleWords, validityWords } from '../list-words.ts';
import { AddPeople } from './add-people.tsx';
import { ListActions } from './list-actions.tsx';
import { ListOrder } from './list-order.tsx';
import { groupsQuery, listQuery } from './list-queries.ts';
import { StandingBadge } from './standing-badge.tsx';

/** One list: its people in order, to be drawn up, approved and asked from. */
export function ListPage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/lists/$id' });
  const { data: list, error, refetch } = useQuery(listQuery(org.slug, id));
  const { data: groups } = useQuery(groupsQuery(org.slug));
  if (error instanceof ApiError && error.status < 500) return <NotYours error={error} />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!list || !groups) return <SkeletonRows />;
  const changeable = list.approvedAt === null && org.can('lists.write');
  return (
    <>
      <PageHeader
        title={listName(list)}
        crumb={<Crumb />}
        actions={<ListActions list={list} today={groups.today} />}
        description={<Facts list={list} today={groups.today} />}
      />
      <div className="max-w-3xl px-4 pb-12 sm:px-6">
        {list.notes && <p className="mb-4 text-sm whitespace-pre-wrap text-ink-soft">{list.notes}</p>}
        {changeable && <AddPeople list={list} />}
        {list.entries.length > 0 ? (
          <ListOrder key={list.id} list={list} changeable={changeable} />
        ) : (
          <EmptyState icon={ListOrdered} title="Nobody stands here yet">
            {changeable
              ? 'Choose people one by one, or paste their names in the order in which they are to be asked.'
              : 'This draft has no people.'}
          </EmptyState>
        )}
      </div>
    </>
  );
}

function Crumb() {
  const org = useOrg();
  return (
    <>
      <Link to="/o/$org/lists" params={{ org: org.slug }} className="hover:text-ink hover:underline">
        Ranked lists
      </Link>
      <ChevronRight aria-hidden className="size-3" />
    </>
  );
}

function Facts({ list, today }: { list: ListWithPeople; today: string }) {
  const org = useOrg();
  const approved =
    list.approvedAt === null
      ? 'Nobody is asked from it before it is approved.'
      : `Approved ${list.approvedBy ? `by ${list.approvedBy} ` : ''}on ${formatTime(list.approvedAt, org.zone, 'date')}.`;
  return (
    <>
      <StandingBadge list={list} today={today} /> {capital(peopleWords(list.people))}, valid{' '}
      {validityWords(list, formatDate)}. {approved}
    </>
  );
}

/** Gone, foreign, or one on which the reader stands. */
function NotYours({ error }: { error: ApiError }) {
  const org = useOrg();
  const own = error.code === 'own_list';
  return (
    <EmptyState
      icon={ListOrdered}
      title={own ? 'This list is not for you' : 'There is no such list'}
      actions={
        <Button asChild>
          <Link to="/o/$org/lists" params={{ org: org.slug }}>
            All ranked lists
          </Link>
        </Button>
      }
    >
      {own ? 'You stand on a list for these chairs yourself, so somebody else keeps them.' : error.message}
    </EmptyState>
  );
}
