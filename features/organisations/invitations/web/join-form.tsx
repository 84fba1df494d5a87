import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Globe } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { DoorFooter, Or } from '#features/identity/web/door-frame.tsx';
import { DoorInput } from '#features/identity/web/door-input.tsx';
import { NewPasswordInput } from '#features/identity/web/password-input.tsx';
import { installationQuery } from '#features/identity/web/session.ts';
import { signInApi } from '#features/identity/web/sign-in-api.ts';
import { useAttempt } from '#features/identity/web/use-attempt.ts';
import { invitations } from '../contract.ts';
import { invitationsApi } from './invitation-queries.ts';
import { pageOf } from './invitation-page.tsx';

const form = entityForm(invitations.routes.join.body.omit({ token: true }));

/** For an address without an account: a name and a password, or another provider. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: installation } = useQuery(installationQuery);
  const join = async (body: { name: string; password: string }) => {
    const { slug } = await invitationsApi.join({ body: { ...body, token } });
    queries.clear();
    await navigate({ to: '/o/$org', params: { org: slug }, replace: true });
  };
  const elsewhere = useAttempt(async (provider: string) => {
    const body = { to: pageOf(token), invitation: token };
    location.assign((await signInApi.startProvider({ params: { provider }, body })).url);
  });
  const providers = installation?.providers ?? [];
  return (
    <>
      <form.Form values={{}} onSubmit={join} action="Make account and join" size="lg" footer={DoorFooter}>
        <p className="text-sm break-words text-ink-soft">
          Your account will be <span className="font-medium text-ink">{email}</span>.
        </p>
        <form.Field name="name" label="Your name" hint="As colleagues see it.">
          {(control) => <DoorInput {...control} autoComplete="name" autoFocus />}
        </form.Field>
        <form.Field name="password" label="Password">
          {(control) => <NewPasswordInput {...control} />}
        </form.Field>
      </form.Form>
      {providers.length > 0 && <Or />}
      <div className="grid gap-2">
        {elsewhere.error !== null && <ErrorNotice error={elsewhere.error} />}
        {providers.map(({ id, name }) => (
          <Button key={id} size="lg" busy={elsewhere.busy} onClick={() => elsewhere.run(id)} title={name}>
            <Globe aria-hidden /> <span className="truncate">Continue with {name}</span>
          </Button>
        ))}
      </div>
    </>
  );
}
