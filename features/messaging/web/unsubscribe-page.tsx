import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { DoorFrame } from '#features/identity/web/door-frame.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { messagingApi } from './message-queries.ts';

/** From the foot of a mail. Opening it changes nothing: scanners open every link. */
export function UnsubscribePage() {
  const params = useParams({ from: '/unsubscribe/$orgId/$token' });
  const { data, error } = useQuery({
    queryKey: ['unsubscribe', params.token],
    queryFn: ({ signal }) => messagingApi.readUnsubscribe({ params }, { signal }),
    retry: false,
  });
  const stop = useMutation({ mutationFn: () => messagingApi.unsubscribe({ params }) });
  const stopped = data?.stopped || stop.isSuccess;
  return (
    <DoorFrame title={stopped ? 'Stopped' : 'Stop these mails?'}>
      {!data && !error && <SkeletonRows rows={2} />}
      {error && <ErrorNotice error={error} />}
      {data && (
        <div className="grid gap-4 text-sm text-pretty">
          <p className="text-ink-soft">
            {stopped
              ? `${data.organisation} sends no more of these to ${data.email}.`
              : `${data.organisation} sends these to ${data.email}:`}
          </p>
          <p className="font-medium">{data.title}.</p>
          {stop.error && <ErrorNotice error={stop.error} />}
          {!stopped && (
            <Button variant="primary" size="lg" busy={stop.isPending} onClick={() => stop.mutate()}>
              Stop these mails
            </Button>
          )}
        </div>
      )}
    </DoorFrame>
  );
}
