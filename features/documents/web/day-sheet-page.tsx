import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { FileText } from 'lucide-react';
import { DoorFrame } from '#features/identity/web/door-frame.tsx';
import { ApiError, urlOf } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { documents } from '../contract.ts';
import { documentsApi } from './document-queries.ts';

/** From a mail, without signing in: whose day sheet it is, and the PDF as things are now. */
export function DaySheetPage() {
  const params = useParams({ from: '/day-sheet/$orgId/$token' });
  const { data, error, refetch } = useQuery({
    queryKey: ['day-sheet', params.token],
    queryFn: ({ signal }) => documentsApi.readSheet({ params }, { signal }),
    retry: false,
  });
  if (error instanceof ApiError && error.status < 500) {
    return (
      <DoorFrame
        title="This link has ended"
        description="Links to day sheets end three days after the day, and when somebody isn’t booked any more. Ask who sent it to you."
      >
        {null}
      </DoorFrame>
    );
  }
  return (
    <DoorFrame title={data?.title ?? 'Day sheet'} description={data && `${data.day} · ${data.name}`}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={2} />}
      {data && (
        <div className="grid gap-4 text-sm text-pretty">
          <Button asChild variant="primary" size="lg">
            <a href={urlOf(documents.routes.printSheet, { params })}>
              <FileText aria-hidden /> Open the day sheet
            </a>
          </Button>
          <p className="text-ink-soft">
            From {data.organisation}. It always shows what holds now: open it again before you leave.
          </p>
        </div>
      )}
    </DoorFrame>
  );
}
