import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CalendarCheck, MailOpen, Unlink } from 'lucide-react';
import { ApiError } from '#platform/client/client.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import type { InquirySheet } from '../status-contract.ts';
import { statusApi, statusQuery } from './status-queries.ts';
import { StatusSheet } from './status-sheet.tsx';

/** From the button of a mail, read on a phone: how a request stands, and what its sender may still do. */
export function StatusPage() {
  const params = useParams({ from: '/inquiry/$orgId/$token' });
  const queries = useQueryClient();
  const query = statusQuery(params);
  const { data, error, refetch } = useQuery(query);
  usePageTitle(data ? `${data.title}, ${data.organisation}` : 'Your request');
  const act = async (work: Promise<InquirySheet>) => {
    const sheet = await work.catch(async (failure: unknown) => {
      // Whatever was refused, the page then shows what is true.
      await refetch();
      throw failure;
    });
    queries.setQueryData(query.queryKey, sheet);
  };
  const gone = error instanceof ApiError && [400, 404, 410].includes(error.status) ? error.code : null;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col px-4 pt-6 pb-10 sm:pt-12">
      {!data && !error && <SkeletonRows rows={6} />}
      {gone && <DeadLink code={gone} />}
      {!data && error && !gone && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && !gone && (
        <StatusSheet
          sheet={data}
          onWrite={(body) => act(statusApi.write({ params, body: { body } }))}
          onWithdraw={(reason) => act(statusApi.withdraw({ params, body: { reason } }))}
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
        You got a newer mail about your request. Open it from there: this older link was ended.
      </EmptyState>
    );
  }
  if (code === 'link_over') {
    return (
      <EmptyState icon={CalendarCheck} title="This is over">
        The date of your request is long over, and so is this link. Thank you!
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Unlink} title="This link doesn’t work">
      Perhaps a part of the address is missing: open it from the mail itself. If in doubt, answer the mail, and the
      office will tell you.
    </EmptyState>
  );
}
