import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { KeyRound, LifeBuoy, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { DoorFrame, Or } from './door-frame.tsx';
import { RecoveryForm, TotpForm, type FactorProof } from './factor-forms.tsx';
import { withUntil } from './lock-words.ts';
import { askForPasskey, passkeysKnown } from './passkey.ts';
import { meQuery, pathBack } from './session.ts';
import { signInApi } from './sign-in-api.ts';
import { useSignedIn } from './use-signed-in.ts';

const texts = {
  totp: { title: 'Enter your code', description: 'Your authenticator app shows six digits for Holdfast.' },
  recovery: {
    title: 'Enter a recovery code',
    description: 'One of the codes that you kept when you set up your authenticator app. Each works once.',
  },
};

/** The second step after any way in, for accounts with an authenticator app. */
export function FactorPage() {
  const { data: me } = useQuery(meQuery);
  const [by, setBy] = useState<'totp' | 'recovery'>('totp');
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const signedIn = useSignedIn();
  const { to } = useSearch({ from: '/sign-in/factor' });
  const pass = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      await signedIn({ pending: false });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') toSignIn(to, 'tries');
      else setFailure(withUntil(error));
      setBusy(false);
    }
  };
  const prove = (body: FactorProof) => void pass(() => signInApi.passFactor({ body }));
  const withPasskey = async () => {
    const { options } = await signInApi.startPasskey({});
    await signInApi.passkey({ body: { response: await askForPasskey(options) } });
  };
  const cancel = async () => {
    await signInApi.signOut({});
    toSignIn(to);
  };
  const switchTo = by === 'totp' ? 'recovery' : 'totp';
  const choose = () => {
    setFailure(null);
    setBy(switchTo);
  };
  return (
    <DoorFrame {...texts[by]}>
      {failure !== null && <ErrorNotice error={failure} className="mb-4" />}
      {by === 'totp' ? <TotpForm busy={busy} onProof={prove} /> : <RecoveryForm busy={busy} onProof={prove} />}
      <Or />
      <div className="grid gap-2">
        {passkeysKnown && me?.session?.factors.includes('passkey') && (
          <Button size="lg" disabled={busy} onClick={() => void pass(withPasskey)}>
            <KeyRound aria-hidden /> Use a passkey
          </Button>
        )}
        <Button size="lg" disabled={busy} onClick={choose}>
          {by === 'totp' ? <LifeBuoy aria-hidden /> : <Smartphone aria-hidden />}
          {by === 'totp' ? 'Use a recovery code' : 'Use the authenticator app'}
        </Button>
      </div>
      <p className="mt-6 text-sm break-words text-ink-soft">
        Signing in as {me?.user?.email}.{' '}
        <Button variant="link" onClick={() => void cancel().catch(setFailure)}>
          Cancel
        </Button>
      </p>
    </DoorFrame>
  );
}

/** Back to the start of signing in, by a new page: nothing of the one who was here stays in memory. */
function toSignIn(to: string | undefined, why?: 'tries'): void {
  const back = pathBack(to);
  location.replace(`/sign-in?${new URLSearchParams({ ...(back && { to: back }), ...(why && { why }) })}`);
}
