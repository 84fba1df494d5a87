import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { signIn } from '../sign-in-contract.ts';
import { DoorFooter } from './door-frame.tsx';
import { DoorInput } from './door-input.tsx';

const form = entityForm(signIn.routes.requestLink.body);

interface MailRequestProps {
  action: string;
  send: (email: string) => Promise<unknown>;
  /** What is said afterwards; the same whether the address is known or not. */
  sent: string;
}

/** Asks for an address, and has a link mailed to it. */
export function MailRequest({ action, send, sent }: MailRequestProps) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo) {
    return (
      <p role="status" className="flex gap-2.5 rounded-md bg-good-soft px-3 py-2.5 text-sm text-on-good-soft">
        <MailCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">
          Look into the mail of <strong className="font-medium">{sentTo}</strong>, the spam folder too. {sent}
        </span>
      </p>
    );
  }
  const submit = async ({ email }: { email: string }) => {
    await send(email);
    setSentTo(email);
  };
  return (
    <form.Form values={{}} onSubmit={submit} action={action} size="lg" footer={DoorFooter}>
      <form.Field name="email" label="E-mail">
        {(control) => <DoorInput {...control} type="email" autoComplete="email" autoFocus />}
      </form.Field>
    </form.Form>
  );
}
