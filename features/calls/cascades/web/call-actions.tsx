import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#platform/ui/menu.tsx';
import { SecretDialog } from '#platform/ui/secret-dialog.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Call } from '../cascade-contract.ts';
import { actOnCall, type CallAct } from './call-acts.ts';
import { callsApi, callTables } from './call-queries.ts';
import { AcceptForm, DeadlineForm, NoteForm, ReasonChoice } from './call-forms.tsx';

type Asking = 'accept' | 'decline' | 'withdraw' | 'extend' | 'skip';

const done: Readonly<Record<CallAct['kind'], string>> = {
  sendNow: 'is being asked now',
  skip: 'is passed over',
  extend: 'has another deadline',
  accept: 'is recorded as coming, and booked',
  decline: 'is recorded as not coming',
  withdraw: 'is recorded as withdrawn; the seat is open again',
  renewLink: 'gets a new link; the old one is void',
};

/** What the office can do about a call, as it stands. */
export function CallActions({ call }: { call: Call }) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState<Asking | null>(null);
  const change = useChange(org.slug, callTables, (act: CallAct, request) => actOnCall(org.slug, call.id, act, request));
  const take = useMutation({
    mutationFn: () => callsApi.handOutLink({ org: org.slug, params: { id: call.id }, body: {} }),
  });
  const [link, setLink] = useState<string | null>(null);
  const failure = change.error ?? take.error;
  if (!org.can('calls.run')) return null;
  const act = (what: CallAct) =>
    change.mutate(what, {
      onSuccess: () => {
        setAsking(null);
        toast({ tone: 'good', title: `${call.name} ${done[what.kind]}` });
      },
    });
  const form = { call, busy: change.isPending, onCancel: () => setAsking(null), onAct: act };
  return (
    <DialogFooter>
      {failure && <ErrorNotice error={failure} className="basis-full" />}
      {asking === 'accept' && <AcceptForm {...form} />}
      {(asking === 'decline' || asking === 'withdraw') && <ReasonChoice {...form} kind={asking} />}
      {asking === 'extend' && <DeadlineForm {...form} />}
      {asking === 'skip' && <NoteForm {...form} />}
      {!asking && (
        <Buttons
          call={call}
          busy={change.isPending}
          onAsk={setAsking}
          onAct={act}
          onLink={() => take.mutate(undefined, { onSuccess: ({ url }) => setLink(url) })}
        />
      )}
      <SecretDialog
        title={`Link for ${call.name}`}
        description="For a message of your own, or to answer with them at hand. Who has it can answer for them; the audit trail keeps that you took it."
        secret={link}
        onClose={() => setLink(null)}
      />
    </DialogFooter>
  );
}

interface ButtonsProps {
  call: Call;
  busy: boolean;
  onAsk: (what: Asking) => void;
  onAct: (act: CallAct) => void;
  onLink: () => void;
}

function Buttons({ call: { state }, busy, onAsk, onAct, onLink }: ButtonsProps) {
  switch (state) {
    case 'planned':
      return (
        <>
          <Button onClick={() => onAsk('skip')}>Pass over…</Button>
          <Button variant="primary" busy={busy} onClick={() => onAct({ kind: 'sendNow' })}>
            Ask now
          </Button>
        </>
      );
    case 'open':
      return (
        <>
          <Menu align="start" trigger={<Button className="mr-auto">More…</Button>}>
            <MenuItem onSelect={() => onAsk('extend')}>Another deadline…</MenuItem>
            <MenuItem onSelect={onLink}>Show their link…</MenuItem>
            <MenuItem onSelect={() => onAct({ kind: 'renewLink' })}>Send a new link, end the old one</MenuItem>
            <MenuSeparator />
            <MenuItem tone="danger" onSelect={() => onAsk('skip')}>
              Take the call back…
            </MenuItem>
          </Menu>
          <Menu trigger={<Button variant="primary">Record an answer…</Button>}>
            <MenuLabel>They answered by telephone, or in person</MenuLabel>
            <MenuItem onSelect={() => onAsk('accept')}>They accept…</MenuItem>
            <MenuItem onSelect={() => onAsk('decline')}>They decline…</MenuItem>
          </Menu>
        </>
      );
    case 'accepted':
      return (
        <>
          <Menu align="start" trigger={<Button className="mr-auto">More…</Button>}>
            <MenuItem onSelect={onLink}>Show their link…</MenuItem>
            <MenuItem onSelect={() => onAct({ kind: 'renewLink' })}>Send a new link, end the old one</MenuItem>
          </Menu>
          <Button variant="danger" onClick={() => onAsk('withdraw')}>
            They can’t come…
          </Button>
        </>
      );
    case 'declined':
      return (
        <Button variant="primary" onClick={() => onAsk('accept')}>
          They can after all…
        </Button>
      );
    case 'expired':
      return (
        <>
          <Button busy={busy} onClick={() => onAct({ kind: 'sendNow' })}>
            Ask again
          </Button>
          <Button variant="primary" onClick={() => onAsk('accept')}>
            They can after all…
          </Button>
        </>
      );
    case 'skipped':
    case 'cancelled':
      return (
        <Button variant="primary" busy={busy} onClick={() => onAct({ kind: 'sendNow' })}>
          {state === 'skipped' ? 'Ask all the same' : 'Ask again'}
        </Button>
      );
    case 'withdrawn':
      return null;
  }
}
