import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CalendarCheck, MailOpen, Unlink } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { outsideApi, sheetQuery, type LinkParams } from './outside-queries.ts';
import { TheirSheet } from './their-sheet.tsx';

/** From the button of a mail, read on a phone in a hall. Opening it decides nothing: scanners open every link. */
export function AdvancePage() {
  const params = useParams({ from: '/advance/$orgId/$token' });
  const { data, error, refetch } = useQuery(sheetQuery(params));
  usePageTitle(data ? `${data.engagement.title}, ${data.organisation}` : 'An advance');
  useOpened(params, data !== undefined);
  const gone = error instanceof ApiError && (error.status === 404 || error.status === 410) ? error.code : null;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col px-4 pt-6 pb-10 sm:pt-10">
      {!data && !error && <SkeletonRows rows={8} />}
      {gone && <DeadLink code={gone} />}
      {!data && error && !gone && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && !gone && <TheirSheet sheet={data} params={params} />}
    </main>
  );
}

/** What was never there must look like what is gone; only who has a signed link learns more. */
function DeadLink({ code }: { code: string }) {
  if (code === 'link_replaced') {
    return (
      <EmptyState icon={MailOpen} title="This link was ended">
        Perhaps you got a newer mail: open the page from there. If not, ask who sent it to you.
      </EmptyState>
    );
  }
  if (code === 'advance_over') {
    return (
      <EmptyState icon={CalendarCheck} title="This is over">
        What this page was for is over or doesn’t take place, and so the link has ended. Thank you!
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Unlink} title="This link doesn’t work">
      Perhaps a part of the address is missing: open it from the mail itself. If in doubt, answer the mail.
    </EmptyState>
  );
}

/** Says once that somebody looks; a scanner runs no script, or at least not for so long, in milliseconds. */
const aLook = 1_500;

function useOpened({ orgId, token }: LinkParams, readable: boolean): void {
  const told = useRef(false);
  useEffect(() => {
    if (!readable || told.current) return;
    const timer = setTimeout(() => {
      told.current = true;
      // Nothing hangs on it: the sender sees that the page was opened, or doesn't.
      outsideApi.opened({ params: { orgId, token } }).catch(() => undefined);
    }, aLook);
    return () => clearTimeout(timer);
  }, [orgId, token, readable]);
}
