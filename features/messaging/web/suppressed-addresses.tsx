import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import type { RouteRequest } from '#platform/contract/contract.ts';
import { formatTime } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { messaging, type Suppressed } from '../contract.ts';
import { kindNamed } from '../kinds.ts';
import { messagingApi, suppressedQuery } from './message-queries.ts';

const form = entityForm(messaging.routes.suppress.body);
type NewAddress = RouteRequest<typeof messaging.routes.suppress>['body'];
const reasons = { unsubscribed: 'Unsubscribed', bounced: 'Mail came back', by_hand: 'Added by hand' } as const;

/** Addresses that get nothing, or nothing of a kind. */
export function SuppressedAddresses() {
  const org = useOrg();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(suppressedQuery(org.slug));
  return (
    <Section
      title="Who gets nothing"
      description="Addresses that unsubscribed or whose mail came back. A message to them stays in the outbox, held back."
      actions={
        org.can('messages.change') && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add address
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="text-sm text-ink-faint">Nobody: every address gets its mail.</p>}
      {data && data.items.length > 0 && (
        <CardList label="Addresses that get nothing">
          {data.items.map((address) => (
            <AddressRow key={address.id} address={address} />
          ))}
        </CardList>
      )}
      <AddAddress open={adding} onOpenChange={setAdding} />
    </Section>
  );
}

function AddressRow({ address: { id, email, kind, reason, createdAt } }: { address: Suppressed }) {
  const org = useOrg();
  const toast = useToast();
  const allow = useChange(org.slug, ['suppressed_addresses'], (_: void, call) =>
    messagingApi.allow({ org: org.slug, params: { id } }, call),
  );
  const send = () =>
    allow
      .mutateAsync(undefined)
      .catch((failure: unknown) =>
        toast({ tone: 'danger', title: 'The address still gets nothing', detail: errorText(failure) }),
      );
  return (
    <li className="flex items-center gap-3 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={email}>
          {email}
        </p>
        <p className="text-xs text-pretty text-ink-faint">
          {reasons[reason]}, {formatTime(createdAt, org.zone, 'date')}
          {kind !== null && `: ${kindNamed(kind)?.title ?? kind}`}
        </p>
      </div>
      {org.can('messages.change') && (
        <Button
          size="sm"
          variant="ghost"
          busy={allow.isPending}
          aria-label={`Send to ${email} again`}
          onClick={() => void send()}
        >
          Send again
        </Button>
      )}
    </li>
  );
}

function AddAddress({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const org = useOrg();
  const add = useChange(org.slug, ['suppressed_addresses'], (body: NewAddress, call) =>
    messagingApi.suppress({ org: org.slug, body }, call),
  );
  const close = () => onOpenChange(false);
  const submit = async (body: NewAddress) => {
    await add.mutateAsync(body);
    close();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Send nothing more to somebody">
      <form.Form values={{}} onSubmit={submit} onCancel={close} action="Add address" footer={DialogFooter}>
        <form.Field name="email" label="E-mail" autoFocus />
      </form.Form>
    </Dialog>
  );
}
