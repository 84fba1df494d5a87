import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { DatesFilter } from '#platform/ui/dates-filter.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { LoadMore } from '#platform/ui/load-more.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import { callStates } from '../cascade-contract.ts';
import { CallLog } from './call-log.tsx';
import { CallPanel } from './call-panel.tsx';
import { callLogQuery } from './call-queries.ts';
import { readCallSearch, type CallSearch } from './call-search.ts';
import { callStateWords } from './cascade-words.ts';
import { instantsOf } from './filter-days.ts';

/** Every call that went out, all over the organisation. */
export function CallsPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ strict: false, select: (raw) => readCallSearch(raw) });
  const list = useInfiniteQuery(
    callLogQuery(org.slug, { state: search.state, resourceId: search.person, ...instantsOf(search, org.zone) }),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const narrowed = Boolean(search.state || search.person || search.from || search.to);
  const change = (part: CallSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  return (
    <>
      <PageHeader
        title="Calls"
        aside={list.data?.pages[0]?.total.toLocaleString()}
        actions={
          org.can('calls.answer') && (
            <Button asChild>
              <Link to="/o/$org/my-calls" params={{ org: org.slug }}>
                My own calls
              </Link>
            </Button>
          )
        }
      >
        <Filters search={search} onChange={change} />
      </PageHeader>
      {list.isPending && <SkeletonRows />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mx-4 sm:mx-6" />}
      {rows.length > 0 && (
        <div className="border-y border-line bg-surface sm:px-2">
          <CallLog
            calls={rows}
            onCall={(call) => change({ call })}
            subject={({ engagementTitle, needTitle }) => `${needTitle}, ${engagementTitle}`}
          />
        </div>
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Megaphone}
          title={narrowed ? 'No call fits' : 'Nobody was called yet'}
          actions={
            narrowed && <Button onClick={() => void navigate({ to: '.', search: {} })}>Take all filters away</Button>
          }
        >
          {narrowed
            ? 'No call matches these filters.'
            : `Calls start where seats are open: under Open seats, or from the ${org.words.engagement.one}’s own page. Every one of them stands here, with what became of it.`}
        </EmptyState>
      )}
      <LoadMore {...list} />
      <CallPanel id={search.call ?? null} onClose={() => change({ call: undefined })} />
    </>
  );
}

function Filters({ search, onChange }: { search: CallSearch; onChange: (part: CallSearch) => void }) {
  const states = callStates.filter((state) => state !== 'planned' && state !== 'skipped');
  return (
    <>
      <ResourcePicker
        aria-label="Person"
        placeholder="Anybody"
        kind="person"
        clearable
        value={search.person ?? null}
        onValue={(id) => onChange({ person: id ?? undefined })}
        className="w-full sm:w-56"
      />
      <Select
        aria-label="State"
        value={search.state ?? 'any'}
        onValue={(value) => onChange({ state: states.find((state) => state === value) })}
        options={[
          { value: 'any', label: 'Any answer' },
          ...states.map((value) => ({ value, label: callStateWords[value].label })),
        ]}
        className="w-36"
      />
      <DatesFilter any="Any date" dates={search} onChange={onChange} />
    </>
  );
}
