import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound, Smartphone } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { accountApi } from './account/account-queries.ts';
import { AddPasskeyDialog } from './account/add-passkey-dialog.tsx';
import type { TotpSecret } from './account/authenticator-setup.tsx';
import { RecoveryCodes } from './account/recovery-codes.tsx';
import { DoorFooter, DoorFrame } from './door-frame.tsx';
import { GoBack } from './go-back.tsx';
import { passkeysKnown } from './passkey.ts';
import { meQuery, pathBack } from './session.ts';
import { PasskeyProof } from './step-up-proofs.tsx';
import { useAttempt } from './use-attempt.ts';

const AuthenticatorSetup = lazy(() =>
  import('./account/authenticator-setup.tsx').then((file) => ({ default: file.AuthenticatorSetup })),
);

/** An organisation lets in only who has a second factor: why, and the way to one. */
export function SecondFactorPage() {
  const { org, to } = useSearch({ from: '/second-factor' });
  const { data: me } = useQuery(meQuery);
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const goOn = useGoOn();
  const organisation = me?.organisations.find(({ slug }) => slug === org);
  const name = organisation?.name ?? 'This organisation';
  if (codes) {
    return (
      <DoorFrame title="Keep your recovery codes" wide>
        <RecoveryCodes codes={codes} email={me?.user?.email ?? ''} />
        <Button variant="primary" size="lg" className="mt-6 print:hidden" onClick={() => void goOn()}>
          I have kept them, go on
        </Button>
      </DoorFrame>
    );
  }
  if (secret) {
    return (
      <DoorFrame title="Set up an authenticator app" wide>
        <Suspense fallback={<Skeleton className="h-64" />}>
          <AuthenticatorSetup secret={secret} onConfirmed={setCodes} />
        </Suspense>
      </DoorFrame>
    );
  }
  if (organisation?.needsFactor === false) return <GoBack to={to} />;
  return (
    <DoorFrame
      title={`${name} asks for a second factor`}
      description="Its owner lets in only members who prove who they are in two ways, so that a stolen password opens nothing. It takes a minute, once."
    >
      <Choice hasPasskey={me?.session?.factors.includes('passkey') ?? false} onSecret={setSecret} onPassed={goOn} />
      <p className="mt-6 text-sm">
        <Button asChild variant="link">
          <Link to="/account">Go to your account instead</Link>
        </Button>
      </p>
    </DoorFrame>
  );
}

interface ChoiceProps {
  hasPasskey: boolean;
  onSecret: (secret: TotpSecret) => void;
  onPassed: () => Promise<void>;
}

/** Who has a passkey already only has to use it. */
function Choice({ hasPasskey, onSecret, onPassed }: ChoiceProps) {
  const [adding, setAdding] = useState(false);
  const start = useAttempt(async () => onSecret(await accountApi.startTotp({})));
  return (
    <DoorFooter>
      {start.error !== null && <ErrorNotice error={start.error} />}
      {hasPasskey && <PasskeyProof onProved={() => void onPassed()} />}
      <Button variant={hasPasskey ? 'secondary' : 'primary'} size="lg" busy={start.busy} onClick={() => start.run()}>
        <Smartphone aria-hidden /> Set up an authenticator app
      </Button>
      {passkeysKnown && !hasPasskey && (
        <Button size="lg" onClick={() => setAdding(true)}>
          <KeyRound aria-hidden /> Add a passkey
        </Button>
      )}
      <AddPasskeyDialog open={adding} onClose={() => setAdding(false)} onAdded={() => void onPassed()} />
    </DoorFooter>
  );
}

/** To where one was going; who one is, is asked for anew. */
function useGoOn(): () => Promise<void> {
  const { to } = useSearch({ from: '/second-factor' });
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    queries.clear();
    await navigate({ href: pathBack(to) ?? '/', replace: true });
  };
}
