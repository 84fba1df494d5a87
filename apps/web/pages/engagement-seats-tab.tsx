import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CallNeedButton } from '#features/calls/cascades/web/call-need-button.tsx';
import { StartCalls, type CallableNeed } from '#features/calls/cascades/web/start-calls.tsx';
import { EngagementSeats } from '#features/calls/needs/web/engagement-seats.tsx';
import type { Engagement } from '#features/engagements/contract.ts';

/** Who sits where, and calling for what is open. */
export function EngagementSeatsTab({ engagement }: { engagement: Engagement }) {
  const navigate = useNavigate();
  const [calling, setCalling] = useState<CallableNeed | null>(null);
  return (
    <>
      <EngagementSeats
        engagement={engagement}
        renderNeedActions={({ id, title }) => (
          <CallNeedButton title={title} onPress={() => setCalling({ id, title, engagement: engagement.title })} />
        )}
      />
      <StartCalls
        need={calling}
        onClose={() => setCalling(null)}
        onStarted={() => void navigate({ to: '.', search: { tab: 'calls' } })}
      />
    </>
  );
}
