import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { signInApi } from './sign-in-api.ts';
import { useSignedIn } from './use-signed-in.ts';

const titles: Readonly<Record<string, string>> = {
  not_connected: 'No account is connected',
  provider_refused: 'The provider didn’t sign you in',
};

/** Where a provider sends the browser back to. What it brought works once, in this browser only. */
export function ProviderReturnPage() {
  const { provider } = useParams({ from: '/sign-in/with/$provider' });
  const [failure, setFailure] = useState<unknown>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    const finish = async () => {
      const { connected, ...opened } = await signInApi.useProvider({
        params: { provider },
        body: { search: location.search },
      });
      if (!connected) return signedIn(opened);
      queries.clear();
      await navigate({ to: '/account', hash: 'providers', replace: true });
    };
    finish().catch(setFailure);
  }, [provider, queries, navigate, signedIn]);
  if (failure === null) {
    return (
      <DoorFrame title="Signing in …">
        <div role="status" aria-label="Signing in" className="grid gap-3">
          <Skeleton className="h-10" />
          <Skeleton className="h-10 w-2/3" />
        </div>
      </DoorFrame>
    );
  }
  const title = failure instanceof ApiError ? titles[failure.code] : undefined;
  return (
    <DoorFrame title={title ?? 'You couldn’t be signed in'}>
      <ErrorNotice error={failure} className="mb-4" />
      <DoorFooter>
        <Button asChild variant="primary" size="lg">
          <Link to="/sign-in">Back to sign-in</Link>
        </Button>
      </DoorFooter>
    </DoorFrame>
  );
}
