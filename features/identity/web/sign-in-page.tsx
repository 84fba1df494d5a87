import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { GoBack } from './go-back.tsx';
import { DoorFrame, Or } from './door-frame.tsx';
import { MailRequest } from './mail-request.tsx';
import { OtherWays } from './other-ways.tsx';
import { PasswordForm } from './password-form.tsx';
import { installationQuery, meQuery } from './session.ts';
import { signInApi } from './sign-in-api.ts';
import { useSignedIn } from './use-signed-in.ts';

const reasons = {
  ended: 'You were signed out on this device. Sign in to go on where you were.',
  tries: 'Those were too many wrong codes. Sign in again for new tries.',
  erased: 'Your account is erased. Nothing here knows you any more.',
};

/** Every way in: password, mailed link, passkey, other providers. */
export function SignInPage() {
  const { to, why } = useSearch({ from: '/sign-in' });
  const [byLink, setByLink] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { data: installation } = useQuery(installationQuery);
  const { data: me } = useQuery({ ...meQuery, retry: false });
  const signedIn = useSignedIn();
  if (me?.session?.pending) return <Navigate to="/sign-in/factor" search={{ to }} replace />;
  if (me?.user) return <GoBack to={to} />;
  if (byLink) return <LinkRequest onBack={() => setByLink(false)} />;
  return (
    <DoorFrame title="Sign in" description={why && reasons[why]}>
      <PasswordForm onSignedIn={signedIn} />
      {installation?.mail && (
        <p className="mt-3 text-sm">
          <Button asChild variant="link">
            <Link to="/reset-password">Forgotten your password?</Link>
          </Button>
        </p>
      )}
      <Or />
      {failure !== null && <ErrorNotice error={failure} className="mb-3" />}
      <OtherWays
        providers={installation?.providers ?? []}
        onLink={installation?.mail ? () => setByLink(true) : undefined}
        onSignedIn={signedIn}
        onFailure={setFailure}
      />
      {installation?.signUp && (
        <p className="mt-6 text-sm text-ink-soft">
          New here?{' '}
          <Button asChild variant="link">
            <Link to="/sign-up">Make an account</Link>
          </Button>
        </p>
      )}
    </DoorFrame>
  );
}

function LinkRequest({ onBack }: { onBack: () => void }) {
  return (
    <DoorFrame
      title="Get a sign-in link"
      description="We mail you a link that signs you in. It works once, for ten minutes."
    >
      <MailRequest
        action="Mail me a link"
        send={(email) => signInApi.requestLink({ body: { email } })}
        sent="If it has an account here, a link is on its way."
      />
      <p className="mt-5 text-sm">
        <Button variant="link" onClick={onBack}>
          Back to sign-in
        </Button>
      </p>
    </DoorFrame>
  );
}
