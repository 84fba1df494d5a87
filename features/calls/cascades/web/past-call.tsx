import { ChevronDown } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { cn } from '#platform/ui/class-names.ts';
import type { PersonCall } from '../person-call-contract.ts';

const ownWords = {
  open: { label: 'To answer', tone: 'hold' },
  accepted: { label: 'You said yes', tone: 'good' },
  declined: { label: 'You said no', tone: 'neutral' },
  expired: { label: 'Not answered', tone: 'neutral' },
  cancelled: { label: 'No longer needed', tone: 'neutral' },
  withdrawn: { label: 'You withdrew', tone: 'neutral' },
} as const;

/** A call of one’s own in a line; the whole sheet on demand. */
export function PastCall({ call, children }: { call: PersonCall; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { label, tone } = ownWords[call.state];
  const first = call.services[0];
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-3 px-3 py-2.5 text-left hover:bg-hover/60 focus-visible:-outline-offset-2"
      >
        <ChevronDown aria-hidden className={cn('size-4 shrink-0 text-ink-faint', !open && '-rotate-90')} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium" title={call.engagement.title}>
            {call.engagement.title}
          </span>
          <span className="block truncate text-xs text-ink-soft">
            {call.need.title}
            {first && `, ${formatTime(first.startsAt, first.zone, 'date')}`}
          </span>
        </span>
        <Badge tone={tone}>{label}</Badge>
      </button>
      <div id={id} hidden={!open} className="border-t border-line bg-canvas px-4 pt-4">
        {open && children}
      </div>
    </li>
  );
}
