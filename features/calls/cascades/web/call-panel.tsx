import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Badge } from '#platform/ui/badge.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useMinute } from '#platform/ui/use-minute.ts';
import { formatTime, zoneNote } from '#platform/time/format.ts';
import { kindLabel } from '#features/engagements/timeline/item-kinds.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Call, CallQuestion } from '../cascade-contract.ts';
import { CallActions } from './call-actions.tsx';
import { callQuery } from './call-queries.ts';
import { CallThread } from './call-thread.tsx';
import { callSentence, callStateWords } from './cascade-words.ts';

/** One call with all that is known of it: its services, its times, what was asked and answered. */
export function CallPanel({ id, onClose }: { id: string | null; onClose: () => void }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery({ ...callQuery(org.slug, id ?? ''), enabled: id !== null });
  const call = data?.call;
  return (
    <Dialog
      open={id !== null}
      onOpenChange={(open) => !open && onClose()}
      title={call?.name ?? 'Call'}
      description={call && `${call.needTitle}, ${call.engagementTitle}`}
      as="panel"
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={5} />}
      {data && <Details key={data.call.id} call={data.call} questions={data.questions} />}
    </Dialog>
  );
}

function Details({ call, questions }: { call: Call; questions: CallQuestion[] }) {
  const org = useOrg();
  const now = useMinute();
  const { label, tone } = callStateWords[call.state];
  return (
    <div className="flex flex-1 flex-col gap-5">
      <div>
        <Badge tone={tone}>{label}</Badge>
        <p className="mt-1.5 text-sm text-pretty break-words">{callSentence(call, org.zone, now)}</p>
      </div>
      {call.services.length > 0 && <Services call={call} />}
      <Times call={call} />
      <CallThread call={call} questions={questions} />
      <p className="text-sm">
        <Link
          to="/o/$org/resources/$id"
          params={{ org: org.slug, id: call.resourceId }}
          className="text-accent underline-offset-4 hover:underline"
        >
          Open {call.name}’s page
        </Link>
      </p>
      <CallActions key={call.state} call={call} />
    </div>
  );
}

const answers = { accepted: 'accepted', declined: 'declined' } as const;

function Services({ call }: { call: Call }) {
  const org = useOrg();
  return (
    <section aria-label="Services">
      <h3 className="mb-1.5 text-xs font-medium text-ink-faint">Asked for</h3>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {call.services.map(({ scheduleItemId, kind, title, startsAt, zone, answer }) => (
          <li key={scheduleItemId} className="flex items-center gap-2 px-3 py-2 text-sm">
            <span className="min-w-0 flex-1">
              <span className="tabular-nums">{formatTime(startsAt, zone, 'dateTime')}</span>{' '}
              <span className="text-ink-soft">
                {title || kindLabel(kind)} {zoneNote(zone, org.zone)}
              </span>
            </span>
            {answer && call.state !== 'withdrawn' && (
              <Badge tone={answer === 'accepted' ? 'good' : 'neutral'}>{answers[answer]}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const mailWords: Readonly<Record<NonNullable<Call['mail']>, string>> = {
  waiting: 'on its way',
  sent: 'taken by the mail server',
  failed: 'could not be sent',
  bounced: 'came back',
  suppressed: 'held back: they unsubscribed, or it bounced before',
  kept: 'kept in the outbox: there is no mail server',
};

function Times({ call }: { call: Call }) {
  const org = useOrg();
  const at = (instant: string | null) => instant && formatTime(instant, org.zone, 'dateTime');
  const facts: [string, ReactNode][] = [
    ['Asked', at(call.sentAt)],
    ['Mail', call.mail && mailWords[call.mail]],
    ['Page opened', at(call.openedAt)],
    ['Reminded', at(call.remindedAt)],
    ['Reminder due', call.state === 'open' && !call.remindedAt && at(call.remindAt)],
    ['Answer due', call.state === 'open' && at(call.deadlineAt)],
    ['Answered', at(call.answeredAt)],
  ];
  const known = facts.filter(([, value]) => Boolean(value));
  if (known.length === 0) return null;
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-1 text-sm">
      {known.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-faint">{label}</dt>
          <dd className="min-w-0 break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
