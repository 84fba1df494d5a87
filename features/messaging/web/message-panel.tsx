import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { messaging } from '../contract.ts';
import { MailFrame } from './mail-frame.tsx';
import { messageQuery, messagingApi, senderQuery } from './message-queries.ts';
import { stateWords } from './outbox-search.ts';

type Message = RouteOutput<typeof messaging.routes.get>;

/** One message beside the list: what became of it, and the mail as it looks. */
export function MessagePanel({ id, onClose }: { id: string | null; onClose: () => void }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery({ ...messageQuery(org.slug, id ?? ''), enabled: id !== null });
  return (
    <Dialog
      as="panel"
      size="lg"
      open={id !== null}
      onOpenChange={(open) => !open && onClose()}
      title={data?.subject ?? 'Message'}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={6} />}
      {data && (
        <>
          <Facts message={data} />
          <MailFrame html={data.html} title={`The mail “${data.subject}”`} className="mb-5" />
          <Again key={data.id} message={data} />
        </>
      )}
    </Dialog>
  );
}

function Facts({ message }: { message: Message }) {
  const org = useOrg();
  const { recipient, recipientName, state, attempts, lastError, nextAttemptAt, sentAt, createdAt, engagementId } =
    message;
  const { label, tone, means } = stateWords[state];
  const facts: [string, ReactNode][] = [
    ['To', recipientName ? `${recipientName} <${recipient}>` : recipient],
    [
      'State',
      <span key="state" className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{label}</Badge>
        <span className="text-ink-soft">{means}</span>
      </span>,
    ],
    ['Written', formatTime(createdAt, org.zone, 'dateTime')],
  ];
  if (sentAt) facts.push(['Sent', formatTime(sentAt, org.zone, 'dateTime')]);
  if (state === 'waiting' && attempts > 0 && nextAttemptAt)
    facts.push([`Try ${attempts + 1}`, formatTime(nextAttemptAt, org.zone, 'dateTime')]);
  if (lastError) facts.push(['The server said', lastError]);
  if (message.calendar) facts.push(['Attached', 'A calendar file']);
  if (engagementId)
    facts.push([
      'About',
      <Link
        key="about"
        to="/o/$org/engagements/$id"
        params={{ org: org.slug, id: engagementId }}
        className="text-accent underline underline-offset-2"
      >
        Open the {org.words.engagement.one}
      </Link>,
    ]);
  return (
    <dl className="mb-4 grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-faint">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Again({ message: { id, state, recipient } }: { message: Message }) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const sender = useQuery(senderQuery(org.slug));
  const again = useChange(org.slug, ['messages'], (_: void, call) =>
    messagingApi.sendAgain({ org: org.slug, params: { id } }, call),
  );
  // Without a mail server it would only be kept once more.
  if (!org.can('messages.send') || state === 'waiting' || !sender.data?.mailServer) return null;
  const send = () =>
    again.mutateAsync(undefined).then(
      () => toast({ tone: 'good', title: 'It is on its way' }),
      (failure: unknown) => toast({ tone: 'danger', title: 'It was not sent', detail: errorText(failure) }),
    );
  return (
    <DialogFooter>
      <Button
        variant={state === 'sent' ? 'secondary' : 'primary'}
        busy={again.isPending}
        onClick={() => setAsking(true)}
      >
        <Send aria-hidden /> {state === 'sent' || state === 'bounced' ? 'Send again' : 'Send now'}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Send this message?"
        description={`It goes to ${recipient}${state === 'sent' ? ' once more' : ''}.`}
        action="Send"
        onConfirm={send}
      />
    </DialogFooter>
  );
}
