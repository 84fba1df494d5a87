import { ApiError } from '#platform/client/client.ts';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { signIn } from '../sign-in-contract.ts';
import { DoorFooter } from './door-frame.tsx';
import { DoorInput } from './door-input.tsx';
import { withUntil } from './lock-words.ts';
import { PasswordInput } from './password-input.tsx';
import { signInApi } from './sign-in-api.ts';

const form = entityForm(signIn.routes.password.body);

/** E-mail and password. The browser offers passkeys among the addresses. */
export function PasswordForm({ onSignedIn }: { onSignedIn: (opened: { pending: boolean }) => Promise<void> }) {
  const submit = async (body: { email: string; password: string }) => onSignedIn(await send(body));
  return (
    <form.Form values={{}} onSubmit={submit} action="Sign in" size="lg" footer={DoorFooter}>
      <form.Field name="email" label="E-mail">
        {(control) => <DoorInput {...control} type="email" autoComplete="username webauthn" autoFocus />}
      </form.Field>
      <form.Field name="password" label="Password">
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </form.Field>
    </form.Form>
  );
}

async function send(body: { email: string; password: string }) {
  try {
    return await signInApi.password({ body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'bad_credentials') throw withUntil(error);
    throw new ApiError(error.status, {
      ...error.problem,
      detail: 'This e-mail address and password don’t belong together. Check both.',
    });
  }
}
