import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { signInApi } from './sign-in-api.ts';
import { useAttempt } from './use-attempt.ts';
import { isUsedLink, UsedLink } from './used-link.tsx';

/** Where the link in the mail to a new address leads. */
export function EmailLinkPage() {
  const { token } = useSearch({ from: '/account/email/link' });
  const queries = useQueryClient();
  const [confirmed, setConfirmed] = useState(false);
  const { run, busy, error } = useAttempt(async () => {
    await signInApi.useEmailChange({ body: { token: token ?? '' } });
    queries.clear();
    setConfirmed(true);
  });
  if (!token || isUsedLink(error)) {
    return (
      <UsedLink to="/account" action="Go to your account">
        A link confirms an address once, within an hour of being sent. Ask for a new one in your account.
      </UsedLink>
    );
  }
  if (confirmed) {
    return (
      <DoorFrame title="Your address is changed" description="From now on you sign in with it.">
        <DoorFooter>
          <Button asChild variant="primary" size="lg">
            <Link to="/account">Go to your account</Link>
          </Button>
        </DoorFooter>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame
      title="Confirm your new address"
      description="Press the button, and you sign in with this address from now on."
    >
      {error !== null && <ErrorNotice error={error} className="mb-4" />}
      <DoorFooter>
        <Button variant="primary" size="lg" busy={busy} onClick={() => run()} autoFocus>
          Confirm address
        </Button>
      </DoorFooter>
    </DoorFrame>
  );
}
