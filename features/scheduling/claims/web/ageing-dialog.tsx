import { useInfiniteQuery } from '@tanstack/react-query';
import { CheckCheck } from 'lucide-react';
import { orgKey } from '#platform/client/query-client.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { claimTitle, rangeText } from '../claim-words.ts';
import { StatusBadge } from './claim-card.tsx';
import { claimsApi } from './claim-queries.ts';
import { ClaimTitle } from './claim-title.tsx';

/** Open holds, oldest first: stale ones block the ones behind them. */
export function AgeingDialog({
  open,
  onClose,
  onShow,
}: {
  open: boolean;
  onClose: () => void;
  onShow: (startsAt: string) => void;
}) {
  const { words } = useOrg();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Ageing ${words.hold.many}`}
      description="Oldest first. What nobody decides on keeps those behind it waiting."
      size="lg"
    >
      {open && <AgeingList onShow={onShow} />}
    </Dialog>
  );
}

function AgeingList({ onShow }: { onShow: (startsAt: string) => void }) {
  const org = useOrg();
  const pages = useInfiniteQuery({
    queryKey: orgKey(org.slug, 'claims', 'ageing'),
    queryFn: ({ pageParam, signal }) =>
      claimsApi.ageing({ org: org.slug, query: { limit: 100, after: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <SkeletonRows />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState icon={CheckCheck} title={`No open ${org.words.hold.many}`}>
        Everything is decided.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="divide-y divide-line">
        {items.map(({ claim, resourceName, ageDays, daysToStart }) => (
          <li key={claim.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm">
            <div className="min-w-0 flex-1 basis-60">
              <p className="truncate font-medium" title={claimTitle(claim)}>
                <ClaimTitle claim={claim} />
              </p>
              <p className="text-ink-soft">
                {resourceName}, {rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}
              </p>
            </div>
            <StatusBadge claim={claim} />
            <span className="w-24 text-right tabular-nums">{days(ageDays)} old</span>
            <span className="w-28 text-right text-ink-soft tabular-nums">
              {daysToStart < 0 ? 'past' : `in ${days(daysToStart)}`}
            </span>
            <Button size="sm" onClick={() => onShow(claim.startsAt)}>
              Show
            </Button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button className="mt-3 self-center" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}
