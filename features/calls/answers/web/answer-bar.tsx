import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { declineReasons, withdrawReasons, type PersonCall } from '#features/calls/cascades/person-call-contract.ts';
import { allWords, declineWords, withdrawWords } from '../answer-words.ts';
import type { Act } from './answer-queries.ts';
import { ReasonForm } from './reason-form.tsx';

interface AnswerBarProps {
  /** Stays at the screen’s foot; elsewhere something else does. */
  sticky: boolean;
  call: PersonCall;
  /** Services that somebody wants to accept; null where it is all or none. */
  chosen: readonly string[] | null;
  busy: boolean;
  onAct: (act: Act) => Promise<unknown>;
}

/** The buttons at the thumb: accept, decline, withdraw, whichever of them there is. */
export function AnswerBar({ sticky, call, chosen, busy, onAct }: AnswerBarProps) {
  const [asking, setAsking] = useState<'decline' | 'withdraw' | null>(null);
  const { can, services } = call;
  if (!can.some((what) => what !== 'ask')) return null;
  // What was refused is said above; the form stays as it was.
  const act = (what: Act) => void onAct(what).catch(() => undefined);
  const close = () => setAsking(null);
  return (
    <div
      className={cn(
        '-mx-4 mt-auto border-t border-line bg-canvas px-4 pt-3 pb-4',
        sticky && 'sticky bottom-0 pb-[max(1rem,env(safe-area-inset-bottom))]',
      )}
    >
      {asking === 'decline' && (
        <ReasonForm
          title="Why can’t you?"
          hint="Only the office reads it."
          reasons={declineReasons.map((value) => ({ value, label: declineWords[value] }))}
          action="Decline"
          busy={busy}
          onCancel={close}
          onSubmit={(reason, note) => act({ kind: 'decline', reason, note })}
        />
      )}
      {asking === 'withdraw' && (
        <ReasonForm
          title="You said yes. Do you need to withdraw?"
          hint="Your place goes to somebody else at once, and can’t be kept for you."
          reasons={withdrawReasons.map((value) => ({ value, label: withdrawWords[value] }))}
          action="Withdraw"
          tone="danger"
          busy={busy}
          onCancel={close}
          onSubmit={(reason, note) => act({ kind: 'withdraw', reason, note })}
        />
      )}
      {!asking && (
        <div className="flex gap-2">
          {can.includes('decline') && (
            <Button size="lg" className="h-11 flex-1" disabled={busy} onClick={() => setAsking('decline')}>
              Decline…
            </Button>
          )}
          {can.includes('withdraw') && (
            <Button size="lg" className="h-11 flex-1" onClick={() => setAsking('withdraw')}>
              I can’t come after all…
            </Button>
          )}
          {can.includes('accept') && (
            <Button
              size="lg"
              variant="primary"
              className="h-11 flex-[2]"
              busy={busy}
              disabled={chosen?.length === 0}
              onClick={() => act({ kind: 'accept', seen: call.seen, ...(chosen && { services: [...chosen] }) })}
            >
              {acceptWords(call.state, chosen?.length ?? null, services.length)}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function acceptWords(state: PersonCall['state'], chosen: number | null, all: number): string {
  if (chosen === 0) return 'Tick what you can do';
  if (chosen !== null && chosen < all) return `Accept ${chosen} of ${all}`;
  if (state !== 'open') return 'I can after all';
  return all > 1 ? `Accept ${allWords(all)}` : 'Accept';
}
