import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import * as z from 'zod';
import { Button } from '#platform/ui/button.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { password } from '../sign-in-rules.ts';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { MailRequest } from './mail-request.tsx';
import { NewPasswordInput } from './password-input.tsx';
import { signInApi } from './sign-in-api.ts';
import { useSignedIn } from './use-signed-in.ts';
import { isUsedLink, UsedLink } from './used-link.tsx';

const form = entityForm(z.object({ password }));

/** Forgotten password: has a link mailed. */
export function ResetRequestPage() {
  return (
    <DoorFrame title="Forgotten your password?" description="We mail you a link for choosing a new one.">
      <MailRequest
        action="Mail me a link"
        send={(email) => signInApi.requestReset({ body: { email } })}
        sent="If it has an account here, a link is on its way. It works for half an hour."
      />
      <p className="mt-5 text-sm">
        <Button asChild variant="link">
          <Link to="/sign-in">Back to sign-in</Link>
        </Button>
      </p>
    </DoorFrame>
  );
}

/** Where that link leads. */
export function ResetPasswordPage() {
  const { token } = useSearch({ from: '/reset-password/link' });
  const signedIn = useSignedIn();
  const [used, setUsed] = useState(false);
  if (!token || used) {
    return (
      <UsedLink to="/reset-password" action="Ask for a new link">
        A link sets a password once, within half an hour of being sent.
      </UsedLink>
    );
  }
  const submit = async (body: { password: string }) => {
    try {
      await signedIn(await signInApi.useReset({ body: { ...body, token } }));
    } catch (error) {
      if (!isUsedLink(error)) throw error;
      setUsed(true);
    }
  };
  return (
    <DoorFrame
      title="Choose a new password"
      description="It signs you in here, and signs you out on every other device."
    >
      <form.Form values={{}} onSubmit={submit} action="Set password and sign in" size="lg" footer={DoorFooter}>
        <form.Field name="password" label="New password">
          {(control) => <NewPasswordInput {...control} autoFocus />}
        </form.Field>
      </form.Form>
    </DoorFrame>
  );
}
