import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { signIn } from '../sign-in-contract.ts';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { DoorInput } from './door-input.tsx';
import { MailRequest } from './mail-request.tsx';
import { NewPasswordInput } from './password-input.tsx';
import { installationQuery } from './session.ts';
import { signInApi } from './sign-in-api.ts';
import { useSignedIn } from './use-signed-in.ts';
import { isUsedLink, UsedLink } from './used-link.tsx';

const form = entityForm(signIn.routes.useSignUp.body.omit({ token: true }));

/** An account for anybody, where the installation allows it. */
export function SignUpPage() {
  const { data: installation } = useQuery(installationQuery);
  const closed = installation?.signUp === false;
  return (
    <DoorFrame
      title={closed ? 'Accounts are by invitation here' : 'Make an account'}
      description={
        closed
          ? 'Ask an owner of your organisation to invite you, or whoever runs this installation.'
          : 'We mail you a link, so that we know the address is yours.'
      }
    >
      {!closed && (
        <MailRequest
          action="Mail me a link"
          send={(email) => signInApi.signUp({ body: { email } })}
          sent="It leads on from there, for an hour."
        />
      )}
      <p className="mt-5 text-sm text-ink-soft">
        Have an account?{' '}
        <Button asChild variant="link">
          <Link to="/sign-in">Sign in</Link>
        </Button>
      </p>
    </DoorFrame>
  );
}

/** Where that link leads: the account is made by its form. */
export function SignUpLinkPage() {
  const { token } = useSearch({ from: '/sign-up/link' });
  const signedIn = useSignedIn();
  const [used, setUsed] = useState(false);
  if (!token || used) {
    return (
      <UsedLink to="/sign-up" action="Ask for a new link">
        A link makes an account once, within an hour of being sent.
      </UsedLink>
    );
  }
  const submit = async (body: { name: string; password: string }) => {
    try {
      await signedIn(await signInApi.useSignUp({ body: { ...body, token } }));
    } catch (error) {
      if (!isUsedLink(error)) throw error;
      setUsed(true);
    }
  };
  return (
    <DoorFrame title="Make your account" description="What remains is your name and a password.">
      <form.Form values={{}} onSubmit={submit} action="Make account" size="lg" footer={DoorFooter}>
        <form.Field name="name" label="Your name" hint="As colleagues see it.">
          {(control) => <DoorInput {...control} autoComplete="name" autoFocus />}
        </form.Field>
        <form.Field name="password" label="Password">
          {(control) => <NewPasswordInput {...control} />}
        </form.Field>
      </form.Form>
    </DoorFrame>
  );
}
