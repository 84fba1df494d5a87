import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { Input } from '#platform/ui/input.tsx';
import { identity } from '../contract.ts';
import { DoorFrame } from './door-frame.tsx';
import { identityApi, installationQuery } from './session.ts';

const passwordForm = entityForm(identity.routes.signIn.body);
const linkForm = entityForm(identity.routes.requestLink.body);

/** Sign-in by password or by a mailed link. */
export function SignInPage() {
  const [way, setWay] = useState<'password' | 'link'>('password');
  const { data: installation } = useQuery(installationQuery);
  const signedIn = useSignedIn();
  return (
    <DoorFrame
      title="Sign in"
      description={way === 'link' ? 'We mail you a link that signs you in. It works once, for ten minutes.' : undefined}
    >
      {way === 'password' ? <PasswordForm onSignedIn={signedIn} /> : <LinkForm />}
      {installation?.mail && (
        <p className="mt-5 text-sm text-ink-soft">
          {way === 'password' ? 'No password at hand? ' : 'Know your password? '}
          <Button variant="link" onClick={() => setWay(way === 'password' ? 'link' : 'password')}>
            {way === 'password' ? 'Get a link by e-mail' : 'Sign in with it'}
          </Button>
        </p>
      )}
    </DoorFrame>
  );
}

function PasswordForm({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const signIn = async (body: { email: string; password: string }) => {
    try {
      await identityApi.signIn({ body });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'bad_credentials') throw error;
      throw new ApiError(error.status, {
        ...error.problem,
        detail: 'This e-mail address and password don’t belong together. Check both.',
      });
    }
    await onSignedIn();
  };
  return (
    <passwordForm.Form values={{}} onSubmit={signIn} action="Sign in" size="lg">
      <passwordForm.Field name="email" label="E-mail">
        {({ value, onValue, ...control }) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            autoFocus
            className="h-10"
            value={value}
            onChange={(event) => onValue(event.target.value)}
          />
        )}
      </passwordForm.Field>
      <passwordForm.Field name="password" label="Password">
        {({ value, onValue, ...control }) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            className="h-10"
            value={value}
            onChange={(event) => onValue(event.target.value)}
          />
        )}
      </passwordForm.Field>
    </passwordForm.Form>
  );
}

function LinkForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const request = async (body: { email: string }) => {
    await identityApi.requestLink({ body });
    setSentTo(body.email);
  };
  if (sentTo) {
    return (
      <p role="status" className="flex gap-2.5 rounded-md bg-good-soft px-3 py-2.5 text-sm text-on-good-soft">
        <MailCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">
          If {sentTo} has an account here, a link is on its way. Look into your mail, the spam folder too.
        </span>
      </p>
    );
  }
  return (
    <linkForm.Form values={{}} onSubmit={request} action="Mail me a link" size="lg">
      <linkForm.Field name="email" label="E-mail" autoFocus />
    </linkForm.Form>
  );
}

/** Forgets who was signed in before, and goes to where one wanted to go: a path of ours, nothing else. */
export function useSignedIn(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { to } = useSearch({ strict: false });
  return async () => {
    queries.clear();
    if (to && /^\/o\/[^/\\]/.test(to)) await navigate({ href: to, replace: true });
    else await navigate({ to: '/', replace: true });
  };
}
