import { useQuery } from '@tanstack/react-query';
import { Megaphone } from 'lucide-react';
import { useChange, type ChangeCall } from '#platform/client/use-change.ts';
import { routePath } from '#platform/contract/contract.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import type { Act } from '#features/calls/answers/web/answer-queries.ts';
import { CallSheet } from '#features/calls/answers/web/call-sheet.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { calls } from '../contract.ts';
import type { PersonCall } from '../person-call-contract.ts';
import { callsApi, callTables, myCallsQuery } from './call-queries.ts';
import { PastCall } from './past-call.tsx';

/** What a signed-in person is asked for, and was: the same sheet as behind the mail’s button. */
export function MyCallsPage() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(myCallsQuery(org.slug));
  const items = data?.items ?? [];
  const open = items.filter(({ state }) => state === 'open');
  const answered = items.filter(({ state }) => state !== 'open');
  return (
    <>
      <PageHeader title="My calls" aside={open.length > 0 && `${open.length} to answer`} />
      {!data && !error && <SkeletonRows />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} className="mx-4 sm:mx-6" />}
      {data && items.length === 0 && (
        <EmptyState icon={Megaphone} title="No calls yet">
          When {org.name} asks whether you can come, it stands here, beside the mail that you get.
        </EmptyState>
      )}
      <div className="grid max-w-xl grid-cols-1 gap-6 px-4 pb-10 sm:px-6">
        {open.map((call) => (
          <section
            key={call.id}
            aria-label={call.engagement.title}
            className="overflow-clip rounded-lg border border-line bg-canvas px-4 pt-4 shadow-card"
          >
            <MyCall call={call} />
          </section>
        ))}
        {answered.length > 0 && (
          <section aria-label="Answered, or over">
            <h2 className="mb-2 text-sm font-medium text-ink-faint">Answered, or over</h2>
            <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
              {answered.map((call) => (
                <PastCall key={call.id} call={call}>
                  <MyCall call={call} />
                </PastCall>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function MyCall({ call }: { call: PersonCall }) {
  const org = useOrg();
  const act = useChange(org.slug, callTables, (what: Act, request) => send(org.slug, call.id, what, request));
  const calendar = routePath(calls.routes.calendarOfMine).replace(':org', org.slug).replace(':id', call.id);
  return <CallSheet call={call} organisation={org.name} onAct={act.mutateAsync} calendar={calendar} />;
}

function send(org: string, id: string, act: Act, call: ChangeCall): Promise<PersonCall> {
  const to = { org, params: { id } };
  switch (act.kind) {
    case 'accept':
      return callsApi.acceptMine({ ...to, body: { services: act.services, seen: act.seen } }, call);
    case 'decline':
      return callsApi.declineMine({ ...to, body: { reason: act.reason, note: act.note } }, call);
    case 'withdraw':
      return callsApi.withdrawMine({ ...to, body: { reason: act.reason, note: act.note } }, call);
    case 'ask':
      return callsApi.askMine({ ...to, body: { body: act.body } }, call);
  }
}
