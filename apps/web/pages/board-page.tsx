import { claimsSource } from '#features/engagements/web/claims-source.ts';
import { useNoticeToasts } from '#features/notices/web/use-notice-toasts.ts';
import { BoardPage as Board } from '#features/scheduling/claims/web/board-page.tsx';
import { EngagementSourceProvider } from '#features/scheduling/claims/web/engagement-source.ts';

/** The board, with engagements to place things for, and word at once when a hold of one's own moved. */
export function BoardPage() {
  useNoticeToasts();
  return (
    <EngagementSourceProvider value={claimsSource}>
      <Board />
    </EngagementSourceProvider>
  );
}
