import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { DoorFrame } from './door-frame.tsx';
import { identityApi } from './session.ts';
import { useSignedIn } from './sign-in-page.tsx';

/** Where a mailed link leads. Only the button uses the link: mail scanners open the page too. */
export function SignInLinkPage() {
  const { token } = useSearch({ from: '/sign-in/link' });
  const signedIn = useSignedIn();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const used = error instanceof ApiError && error.code === 'link_invalid';
  const signIn = async () => {
    if (!token) return;
    setBusy(true);
    setError(null);
    try {
      await identityApi.useLink({ body: { token } });
      await signedIn();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  if (!token || used) {
    return (
      <DoorFrame
        title="This link doesn’t work any more"
        description="A link signs in once, within ten minutes of being sent. Ask for a new one."
      >
        <Button asChild variant="primary" size="lg">
          <Link to="/sign-in">Go to sign-in</Link>
        </Button>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame
      title="Sign in to Holdfast"
      description="You asked for this link. Press the button to sign in on this device."
    >
      {error !== null && <ErrorNotice error={error} className="mb-4" />}
      <Button variant="primary" size="lg" busy={busy} onClick={() => void signIn()} autoFocus>
        Sign in
      </Button>
    </DoorFrame>
  );
}
