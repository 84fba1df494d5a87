import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Inbox, Plus } from 'lucide-react';
import { meQuery } from '#features/identity/web/session.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital, withArticle } from '#features/organisations/web/word-case.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { EnterInquiryDialog } from './inquiry-form.tsx';
import { InboxFilters } from './inbox-filters.tsx';
import { InboxList } from './inbox-list.tsx';
import { inboxQuery } from './inquiry-queries.ts';
import { statesOf, type InboxSearch } from './inbox-search.ts';
import { useInboxKeys } from './use-inbox-keys.ts';
import { WatchButton } from './watch-button.tsx';

/** The inbox: the list, and beside it what is open; on a phone one after the other. */
export function InboxPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/inquiries' });
  const { id } = useParams({ strict: false });
  const list = useInbox(search);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const word = org.words.inquiry;
  const change = (part: InboxSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  useInboxKeys(rows, id);
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[23rem_minmax(0,1fr)]">
      <section
        aria-label={capital(word.many)}
        className={cn(
          'relative min-w-0 flex-col border-line lg:flex lg:h-full lg:overflow-y-auto lg:border-r',
          id ? 'hidden' : 'flex',
        )}
      >
        <PageHeader
          title={capital(word.many)}
          aside={list.data?.pages[0]?.total.toLocaleString()}
          actions={
            <>
              <WatchButton />
              {org.can('intake.write') && (
                <Button variant="primary" onClick={() => change({ create: true })}>
                  <Plus aria-hidden /> New
                </Button>
              )}
            </>
          }
        >
          <InboxFilters search={search} onChange={change} />
        </PageHeader>
        {list.isPending && <SkeletonRows />}
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4" />}
        {rows.length > 0 && <InboxList rows={rows} current={id} search={search} />}
        {list.isSuccess && rows.length === 0 && <NothingHere search={search} />}
        <LoadMore {...list} />
      </section>
      <section
        aria-label="Details"
        className={cn('relative min-w-0 flex-col lg:flex lg:h-full lg:overflow-y-auto', id ? 'flex' : 'hidden')}
      >
        <Outlet />
      </section>
      <EnterInquiryDialog
        open={search.create ?? false}
        onOpenChange={(open) => change({ create: open || undefined })}
      />
    </div>
  );
}

function useInbox({ view = 'open', whose, form, label, q }: InboxSearch) {
  const org = useOrg();
  const { data: me } = useQuery(meQuery);
  const text = useSettled(q);
  const assignee = whose === 'me' ? me?.user?.id : whose === 'nobody' ? undefined : whose;
  return useInfiniteQuery(
    inboxQuery(org.slug, {
      state: [...statesOf[view]],
      limit: 50,
      ...(assignee && { assigneeUserId: assignee }),
      ...(whose === 'nobody' && { unassigned: 'true' }),
      ...(form && { formId: form }),
      ...(label && { label }),
      ...(text && { q: text }),
    }),
  );
}

function NothingHere({ search }: { search: InboxSearch }) {
  const org = useOrg();
  const navigate = useNavigate();
  const { inquiry, engagement } = org.words;
  const { whose, form, label, q, view } = search;
  if (whose || form || label || q) {
    return (
      <EmptyState
        icon={Inbox}
        title={`No ${inquiry.one} fits`}
        actions={
          <Button onClick={() => void navigate({ to: '.', search: view ? { view } : {} })}>
            Take all filters away
          </Button>
        }
      >
        Nothing matches the search and filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Inbox}
      title={view ? 'Nothing here' : 'Nothing waits for you'}
      actions={
        !view &&
        org.can('intake.forms') && (
          <Button asChild>
            <Link to="/o/$org/forms" params={{ org: org.slug }}>
              Your forms
            </Link>
          </Button>
        )
      }
    >
      {view === 'spam'
        ? 'What looks like spam is kept here for thirty days.'
        : `${capital(inquiry.many)} come in by your public forms, or are entered by hand. Hold times for one, then approve it: the ${engagement.one} is made of it.`}
    </EmptyState>
  );
}

/** Beside the list while none is open. */
export function NoInquiry() {
  const { words } = useOrg();
  return (
    <EmptyState icon={Inbox} title={`Choose ${withArticle(words.inquiry.one)}`} className="my-auto">
      Move with <kbd className="font-sans font-medium">j</kbd> and <kbd className="font-sans font-medium">k</kbd>, or
      press one in the list.
    </EmptyState>
  );
}
