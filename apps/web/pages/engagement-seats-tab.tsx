import { CallNeedButton } from '#features/calls/cascades/web/call-need-button.tsx';
import { EngagementSeats } from '#features/calls/needs/web/engagement-seats.tsx';
import type { Engagement } from '#features/engagements/contract.ts';

/** Who sits where, and calling for what is open. */
export function EngagementSeatsTab({ engagement }: { engagement: Engagement }) {
  return (
    <EngagementSeats
      engagement={engagement}
      renderNeedActions={(need) => <CallNeedButton need={need} engagement={engagement} />}
    />
  );
}
