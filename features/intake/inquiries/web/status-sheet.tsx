import { useMutation } from '@tanstack/react-query';
import {
  CalendarClock,
  CheckCheck,
  CircleSlash,
  Hourglass,
  Inbox,
  SearchCheck,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { AnswerList } from '#features/intake/forms/web/answer-list.tsx';
import { formatRange, formatTime, zoneNote } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import type { InquirySheet, SenderState } from '../status-contract.ts';
import { StatusTalk } from './status-talk.tsx';

const states: Readonly<Record<SenderState, { title: string; text: string; icon: LucideIcon; look: string }>> = {
  received: {
    title: 'Your request has arrived',
    text: 'We will look into it and get back to you.',
    icon: Inbox,
    look: 'bg-accent-soft text-on-accent-soft',
  },
  review: {
    title: 'We are looking into it',
    text: 'Somebody is seeing to your request.',
    icon: SearchCheck,
    look: 'bg-accent-soft text-on-accent-soft',
  },
  hold: {
    title: 'We hold time for you',
    text: 'It isn’t agreed yet: others may have asked before you. We will tell you as soon as we know.',
    icon: Hourglass,
    look: 'bg-hold-soft text-on-hold-soft',
  },
  approved: {
    title: 'It is agreed',
    text: 'We look forward to it. If anything changes, write to us below.',
    icon: CheckCheck,
    look: 'bg-good-soft text-on-good-soft',
  },
  cancelled: {
    title: 'It doesn’t take place',
    text: 'If that is news to you, write to us below.',
    icon: CircleSlash,
    look: 'bg-pressed text-ink',
  },
  declined: {
    title: 'It isn’t possible this time',
    text: 'We are sorry. Thank you for asking us.',
    icon: CircleSlash,
    look: 'bg-pressed text-ink',
  },
  withdrawn: {
    title: 'You have taken it back',
    text: 'Thank you for telling us. Send a new request whenever you like.',
    icon: Undo2,
    look: 'bg-pressed text-ink',
  },
};

interface StatusSheetProps {
  sheet: InquirySheet;
  onWrite: (body: string) => Promise<unknown>;
  onWithdraw: (reason: string) => Promise<unknown>;
}

/** How a request stands, in kind words; what was sent; and what can still be done. */
export function StatusSheet({ sheet, onWrite, onWithdraw }: StatusSheetProps) {
  const { title, text, icon: Icon, look } = states[sheet.state];
  const { startsAt, endsAt, zone, placeName, fields } = sheet;
  const where = [placeName, zoneNote(zone, Intl.DateTimeFormat().resolvedOptions().timeZone)].filter(Boolean);
  const notice = useRef<HTMLElement>(null);
  return (
    <div className="grid gap-6">
      <header>
        {sheet.colour && (
          <div aria-hidden className="mb-4 h-1 w-12 rounded-full" style={{ backgroundColor: sheet.colour }} />
        )}
        <p className="text-base text-ink-soft">{sheet.organisation}</p>
        <h1 className="text-2xl font-semibold tracking-tight text-balance break-words">{sheet.title}</h1>
        {startsAt && endsAt && (
          <p className="mt-2 flex items-start gap-2 text-base">
            <CalendarClock aria-hidden className="mt-1 size-4 shrink-0 text-ink-faint" />
            <span>
              {formatRange(startsAt, endsAt, zone)}
              {where.length > 0 && <span className="block text-ink-soft">{where.join(' · ')}</span>}
            </span>
          </p>
        )}
      </header>
      <section
        ref={notice}
        aria-label="How it stands"
        aria-live="polite"
        tabIndex={-1}
        className={cn('flex scroll-my-6 gap-3 rounded-xl p-4', look)}
      >
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
        <div className="min-w-0">
          <h2 className="text-lg font-semibold">{title}</h2>
          <p className="text-base text-pretty">{text}</p>
        </div>
      </section>
      <StatusTalk sheet={sheet} onWrite={onWrite} />
      {fields.length > 0 && (
        <section aria-label="What you sent">
          <h2 className="mb-2 text-sm font-medium text-ink-faint">
            What you sent, {formatTime(sheet.receivedAt, zone, 'date')}
          </h2>
          <AnswerList fields={fields} answers={sheet.answers} placeNames={sheet.placeNames} />
        </section>
      )}
      {sheet.can.includes('withdraw') && <Withdraw onWithdraw={onWithdraw} notice={notice} />}
    </div>
  );
}

interface WithdrawProps extends Pick<StatusSheetProps, 'onWithdraw'> {
  /** Says how it stands then. */
  notice: RefObject<HTMLElement | null>;
}

function Withdraw({ onWithdraw, notice }: WithdrawProps) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useMutation({
    mutationFn: onWithdraw,
    // This form is gone by then.
    onSuccess: () => notice.current?.focus(),
  });
  if (!open) {
    return (
      <Button variant="danger-ghost" size="lg" className="-ml-4 justify-self-start" onClick={() => setOpen(true)}>
        Take the request back
      </Button>
    );
  }
  return (
    <form
      ref={intoSight}
      className="grid scroll-mb-6 gap-3 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        withdraw.mutate(reason.trim());
      }}
    >
      <FieldFrame label="Why?" optional hint="It helps us. What we hold for you becomes free.">
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </FieldFrame>
      {withdraw.error && <ErrorNotice error={withdraw.error} />}
      <div className="flex flex-wrap gap-2">
        <Button size="lg" disabled={withdraw.isPending} onClick={() => setOpen(false)}>
          Keep it
        </Button>
        <Button type="submit" size="lg" variant="danger" busy={withdraw.isPending}>
          Take it back
        </Button>
      </div>
    </form>
  );
}

/** With its buttons: the box alone would be at the screen’s foot. */
function intoSight(form: HTMLElement | null): void {
  form?.scrollIntoView({ block: 'nearest' });
}
