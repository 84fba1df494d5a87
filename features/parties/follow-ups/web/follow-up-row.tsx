import { Link } from '@tanstack/react-router';
import { AlarmClock, CalendarDays, UserRound } from 'lucide-react';
import { useState } from 'react';
import { Tick } from '#features/engagements/tasks/web/tick.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { formatDate } from '#platform/time/format.ts';
import { today } from '#platform/time/wall-clock.ts';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { FollowUp } from '../contract.ts';
import { groupOf } from '../rules.ts';
import type { About } from './follow-up-form.tsx';
import { followUpsApi } from './follow-up-queries.ts';

interface FollowUpRowProps {
  row: FollowUp;
  onOpen: () => void;
  /** What it stands under: that needs no saying. */
  within?: About;
}

/** One follow-up: ticked in place, opened by its words. */
export function FollowUpRow({ row, onOpen, within = {} }: FollowUpRowProps) {
  const org = useOrg();
  const toast = useToast();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const tick = useChange(org.slug, ['follow_ups'], (done: boolean) =>
    followUpsApi.setDone({ org: org.slug, params: { id: row.id }, body: { done } }),
  );
  const done = wanted ?? row.doneAt !== null;
  const set = (next: boolean) => {
    setWanted(next);
    tick.mutate(next, {
      onSettled: () => setWanted(null),
      onError: (error) => toast({ tone: 'danger', title: 'It stays as it was', detail: errorText(error) }),
    });
  };
  return (
    <li className="flex items-start gap-1 py-1 pr-3 pl-1">
      <Tick round checked={done} label={`Done: ${row.note}`} disabled={!org.can('follow_ups.write')} onChange={set} />
      <div className="min-w-0 flex-1 py-2 sm:py-1.5">
        <button
          type="button"
          disabled={!org.can('follow_ups.write')}
          onClick={onOpen}
          className={cn(
            'max-w-full rounded-sm text-left text-sm break-words underline-offset-4 enabled:hover:underline',
            done ? 'text-ink-faint line-through' : 'font-medium',
          )}
        >
          {row.note}
        </button>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-faint">
          <DueDay row={row} />
          <AboutLinks row={row} within={within} />
          {row.userName && (
            <span className="inline-flex max-w-40 items-center gap-1" title={row.userName}>
              <UserRound aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">{row.userName}</span>
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

function DueDay({ row }: { row: FollowUp }) {
  const org = useOrg();
  const late = groupOf(row, today(org.zone)) === 'overdue';
  const Icon = late ? AlarmClock : CalendarDays;
  return (
    <span className={cn('inline-flex items-center gap-1 tabular-nums', late && 'font-medium text-danger')}>
      <Icon aria-hidden className="size-3.5" />
      {late && <span className="sr-only">Overdue: </span>}
      {formatDate(row.dueOn, 'day')}
    </span>
  );
}

function AboutLinks({ row, within }: { row: FollowUp; within: About }) {
  const org = useOrg();
  const { partyId, partyName, engagementId, engagementTitle, inquiryId, inquiryTitle } = row;
  const look = 'block max-w-56 min-h-6 truncate leading-6 text-ink-soft underline-offset-4 hover:underline';
  return (
    <>
      {partyId && partyName && !within.partyId && (
        <Link to="/o/$org/contacts/$id" params={{ org: org.slug, id: partyId }} title={partyName} className={look}>
          {partyName}
        </Link>
      )}
      {engagementId && engagementTitle && !within.engagementId && (
        <Link
          to="/o/$org/engagements/$id"
          params={{ org: org.slug, id: engagementId }}
          title={engagementTitle}
          className={look}
        >
          {engagementTitle}
        </Link>
      )}
      {inquiryId && inquiryTitle && !within.inquiryId && (
        <Link
          to="/o/$org/inquiries/$id"
          params={{ org: org.slug, id: inquiryId }}
          title={inquiryTitle}
          className={look}
        >
          {inquiryTitle}
        </Link>
      )}
    </>
  );
}
