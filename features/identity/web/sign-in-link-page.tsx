import { useSearch } from '@tanstack/react-router';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { signInApi } from './sign-in-api.ts';
import { useAttempt } from './use-attempt.ts';
import { useSignedIn } from './use-signed-in.ts';
import { isUsedLink, UsedLink } from './used-link.tsx';

/** Where a mailed link leads. Only the button uses the link: mail scanners open the page too. */
export function SignInLinkPage() {
  const { token } = useSearch({ from: '/sign-in/link' });
  const signedIn = useSignedIn();
  const { run, busy, error } = useAttempt(async () => {
    await signedIn(await signInApi.useLink({ body: { token: token ?? '' } }));
  });
  if (!token || isUsedLink(error)) {
    return (
      <UsedLink to="/sign-in" action="Go to sign-in">
        A link signs in once, within ten minutes of being sent. Ask for a new one.
      </UsedLink>
    );
  }
  return (
    <DoorFrame
      title="Sign in to Holdfast"
      description="You asked for this link. Press the button to sign in on this device."
    >
      {error !== null && <ErrorNotice error={error} className="mb-4" />}
      <DoorFooter>
        <Button variant="primary" size="lg" busy={busy} onClick={() => run()} autoFocus>
          Sign in
        </Button>
      </DoorFooter>
    </DoorFrame>
  );
}
