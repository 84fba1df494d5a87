import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CalendarCheck, MailOpen, Unlink } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { routePath } from '#platform/contract/contract.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { answers, type AnswerSheet } from '../contract.ts';
import { answerQuery, answersApi, type Act } from './answer-queries.ts';
import { CallSheet } from './call-sheet.tsx';

interface Params {
  orgId: string;
  token: string;
}

/** From the button of a mail, read on a phone on the road. Opening it decides nothing: scanners open every link. */
export function AnswerPage() {
  const params = useParams({ from: '/answer/$orgId/$token' });
  const queries = useQueryClient();
  const query = answerQuery(params);
  const { data, error, refetch } = useQuery(query);
  usePageTitle(data ? `${data.call.engagement.title}, ${data.organisation}` : 'A call for you');
  useOpened(params, data !== undefined);
  const act = async (what: Act) => {
    const sheet = await send(params, what).catch(async (failure: unknown) => {
      // Whatever was refused, the page then shows what is true.
      await refetch();
      throw failure;
    });
    queries.setQueryData(query.queryKey, sheet);
  };
  const gone = error instanceof ApiError && (error.status === 404 || error.status === 410) ? error.code : null;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col px-4 pt-6 sm:pt-12">
      {!data && !error && <SkeletonRows rows={6} />}
      {gone && <DeadLink code={gone} />}
      {!data && error && !gone && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && !gone && (
        <CallSheet
          call={data.call}
          organisation={data.organisation}
          onAct={act}
          calendar={routePath(answers.routes.calendar).replace(':orgId', params.orgId).replace(':token', params.token)}
          asPage
        />
      )}
    </main>
  );
}

/** What was never there must look like what is gone; only who has a signed link learns more. */
function DeadLink({ code }: { code: string }) {
  if (code === 'link_replaced') {
    return (
      <EmptyState icon={MailOpen} title="There is a newer link">
        You got a newer mail about this call. Open it from there: this older link was ended.
      </EmptyState>
    );
  }
  if (code === 'call_closed') {
    return (
      <EmptyState icon={CalendarCheck} title="This is over">
        What this link was for is long over, and so is the link. Thank you!
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Unlink} title="This link doesn’t work">
      Perhaps what it was for was called off, or a part of the address is missing: open it from the mail itself. If in
      doubt, answer the mail, and the office will tell you.
    </EmptyState>
  );
}

/** Says once that somebody looks; a scanner runs no script, or at least not for so long, in milliseconds. */
const aLook = 1_500;

function useOpened(params: Params, readable: boolean): void {
  const told = useRef(false);
  const { orgId, token } = params;
  useEffect(() => {
    if (!readable || told.current) return;
    const timer = setTimeout(() => {
      told.current = true;
      // Nothing hangs on it: the office sees that the page was opened, or doesn't.
      answersApi.opened({ params: { orgId, token } }).catch(() => undefined);
    }, aLook);
    return () => clearTimeout(timer);
  }, [orgId, token, readable]);
}

function send(params: Params, act: Act): Promise<AnswerSheet> {
  switch (act.kind) {
    case 'accept':
      return answersApi.accept({ params, body: { services: act.services, seen: act.seen } });
    case 'decline':
      return answersApi.decline({ params, body: { reason: act.reason, note: act.note } });
    case 'withdraw':
      return answersApi.withdraw({ params, body: { reason: act.reason, note: act.note } });
    case 'ask':
      return answersApi.ask({ params, body: { body: act.body } });
  }
}
