import { useQuery } from '@tanstack/react-query';
import { ChevronDown, MessageCircleQuestion } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useMinute } from '#platform/ui/use-minute.ts';
import { formatAgo, formatTime } from '#platform/time/format.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Cascade } from '../cascade-contract.ts';
import { CallLog } from './call-log.tsx';
import { cascadeQuery } from './call-queries.ts';
import { cascadeStateWords, filledWords } from './cascade-words.ts';
import { PlannedCalls } from './planned-calls.tsx';

interface CascadeCardProps {
  cascade: Cascade;
  /** Open at first. */
  unfolded: boolean;
  /** Buttons. */
  actions: ReactNode;
  onCall: (callId: string) => void;
}

/** One round of calls: how far it is, and on demand every attempt. */
export function CascadeCard({ cascade, unfolded, actions, onCall }: CascadeCardProps) {
  const [open, setOpen] = useState(unfolded);
  const id = useId();
  const { label, tone, means } = cascadeStateWords[cascade.state];
  return (
    <article
      aria-label={cascade.needTitle}
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5 sm:px-4">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 basis-64 items-start gap-2 rounded-sm text-left"
        >
          <ChevronDown
            aria-hidden
            className={cn('mt-0.5 size-4 shrink-0 text-ink-faint transition-transform', !open && '-rotate-90')}
          />
          <span className="min-w-0 flex-1">
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
              <span className="max-w-full truncate text-sm font-semibold" title={cascade.needTitle}>
                {cascade.needTitle}
              </span>
              <Badge tone={tone} title={means}>
                {label}
              </Badge>
              {cascade.needDropped && <Badge tone="outline">Not needed any more</Badge>}
              {cascade.unreached > 0 && (
                <Badge
                  tone="danger"
                  title="Their mail did not go out, or came back. Hand them their link, or record what they answer."
                >
                  {cascade.unreached} not reached
                </Badge>
              )}
              {cascade.questions > 0 && (
                <Badge tone="danger">{cascade.questions === 1 ? '1 question' : `${cascade.questions} questions`}</Badge>
              )}
            </span>
            <span className="mt-0.5 block text-xs text-pretty text-ink-soft">
              <Progress cascade={cascade} />
            </span>
          </span>
        </button>
        <div className="flex items-center gap-1.5">{actions}</div>
        <SeatBar cascade={cascade} />
      </header>
      <div id={id} hidden={!open} className="border-t border-line">
        {open && <Attempts cascade={cascade} onCall={onCall} />}
      </div>
    </article>
  );
}

/** “3 of 4 seats filled. 2 asked, 1 to come. Next answer due in 5 hours.” */
function Progress({ cascade }: { cascade: Cascade }) {
  const now = useMinute();
  const org = useOrg();
  const { counts, nextDeadlineAt, wakeAt, state } = cascade;
  const parts = [
    counts.open && `${counts.open} asked`,
    counts.accepted && `${counts.accepted} accepted`,
    counts.declined && `${counts.declined} declined`,
    counts.expired && `${counts.expired} without answer`,
    counts.planned && `${counts.planned} to come`,
  ].filter(Boolean);
  const waits = state === 'running' && !nextDeadlineAt && wakeAt !== null && Date.parse(wakeAt) > now;
  return (
    <>
      {filledWords(cascade)}
      {parts.length > 0 && ` · ${parts.join(', ')}`}
      {nextDeadlineAt && ` · next answer due ${formatAgo(nextDeadlineAt, now)}`}
      {waits && ` · goes on ${formatTime(wakeAt, org.zone, 'dateTime')}`}
    </>
  );
}

function SeatBar({ cascade: { seats, openSeats } }: { cascade: Cascade }) {
  const share = seats === 0 ? 0 : Math.round(((seats - openSeats) / seats) * 100);
  return (
    <div aria-hidden className="h-1 basis-full overflow-hidden rounded-full bg-pressed">
      <div
        className={cn('h-full rounded-full transition-[width] duration-500', share === 100 ? 'bg-good' : 'bg-accent')}
        style={{ width: `${share}%` }}
      />
    </div>
  );
}

function Attempts({ cascade, onCall }: { cascade: Cascade; onCall: (callId: string) => void }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(cascadeQuery(org.slug, cascade.id));
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-3" />;
  if (!data) return <SkeletonRows rows={3} />;
  const past = data.calls.filter(({ state }) => state !== 'planned');
  const planned = data.calls.filter(({ state }) => state === 'planned');
  return (
    <>
      {past.length > 0 ? (
        <CallLog calls={past} onCall={onCall} />
      ) : (
        <p className="flex items-center gap-2 px-4 py-3 text-sm text-ink-soft">
          <MessageCircleQuestion aria-hidden className="size-4" /> Nobody has been asked yet.
        </p>
      )}
      {planned.length > 0 && <PlannedCalls cascadeId={cascade.id} calls={planned} onCall={onCall} />}
      <p className="border-t border-line px-4 py-2 text-xs text-ink-faint">
        Started by {data.startedBy}, {formatTime(cascade.createdAt, org.zone, 'dateTime')}
      </p>
    </>
  );
}
