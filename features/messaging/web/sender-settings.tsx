import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SecretDialog } from '#platform/ui/secret-dialog.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { messaging, type Sender } from '../contract.ts';
import { messagingApi, senderQuery } from './message-queries.ts';

const form = entityForm(messaging.routes.setSender.body);
type SenderChange = RouteRequest<typeof messaging.routes.setSender>['body'];

/** Who writes, where answers go, and where a mail service reports what came back. */
export function SenderSettings() {
  const org = useOrg();
  const { data, error, refetch } = useQuery(senderQuery(org.slug));
  return (
    <>
      <Section
        title="Sender"
        description={
          data &&
          (data.mailServer
            ? `Mail comes from ${data.address} under your name.`
            : 'This installation has no mail server: mail is kept in the outbox, and nobody gets it. Who runs it sets SMTP_URL.')
        }
      >
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonRows rows={2} />}
        {data && <SenderForm key={`${data.name}:${data.replyTo}`} sender={data} />}
      </Section>
      {data && org.can('messages.change') && <Bounces open={data.bounceAddress} />}
    </>
  );
}

function SenderForm({ sender: { name, replyTo } }: { sender: Sender }) {
  const org = useOrg();
  const toast = useToast();
  const change = useChange(org.slug, ['organisations'], (body: SenderChange, call) =>
    messagingApi.setSender({ org: org.slug, body }, call),
  );
  if (!org.can('messages.change')) {
    return (
      <p className="text-sm">
        {name ?? org.name}
        {replyTo && `, answers to ${replyTo}`}
      </p>
    );
  }
  const save = async (body: SenderChange) => {
    await change.mutateAsync(body);
    toast({ tone: 'good', title: 'The sender is saved' });
  };
  return (
    <form.Form values={{ name, replyTo }} onSubmit={save} action="Save sender">
      <div className="grid gap-4 sm:grid-cols-2">
        <form.Field name="name" label="Name" hint={`${org.name}, where it is empty.`} />
        <form.Field name="replyTo" label="Answers go to" hint="An address that somebody reads." />
      </div>
    </form.Form>
  );
}

function Bounces({ open }: { open: boolean }) {
  const org = useOrg();
  const toast = useToast();
  const [secret, setSecret] = useState<string | null>(null);
  const [closing, setClosing] = useState(false);
  const touches = ['bounce_hooks', 'organisations'];
  const make = useChange(org.slug, touches, () => messagingApi.openBounces({ org: org.slug }));
  const end = useChange(org.slug, touches, (_: void, call) => messagingApi.closeBounces({ org: org.slug }, call));
  const failed = (title: string) => (failure: unknown) => toast({ tone: 'danger', title, detail: errorText(failure) });
  const begin = () => make.mutateAsync(undefined).then(({ url }) => setSecret(url), failed('There is no address yet'));
  return (
    <Section
      title="Mail that comes back"
      description={
        open
          ? 'Your mail service reports bounces here. The addresses get nothing more, and the outbox says so.'
          : 'A mail service can report bounces to an address of yours; those readers then get nothing more.'
      }
      actions={
        <>
          {open && (
            <Button size="sm" variant="danger-ghost" onClick={() => setClosing(true)}>
              End it
            </Button>
          )}
          <Button size="sm" busy={make.isPending} onClick={() => void begin()}>
            {open ? 'New address' : 'Make an address'}
          </Button>
        </>
      }
    >
      <SecretDialog
        title="Where bounces are reported"
        description="Give it to your mail service; the API’s documentation says what it sends. It isn’t shown again, and the address before has ended."
        secret={secret}
        onClose={() => setSecret(null)}
      />
      <ConfirmDialog
        open={closing}
        onOpenChange={setClosing}
        title="End the address for bounces?"
        description="What comes back is then seen only where the mail server says so at once."
        action="End it"
        onConfirm={() => end.mutateAsync(undefined).catch(failed('The address still works'))}
      />
    </Section>
  );
}
