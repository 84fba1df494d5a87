import { LifeBuoy, Smartphone, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { accountApi, deviceZone, useAccountChange, type Account } from './account-queries.ts';
import type { TotpSecret } from './authenticator-setup.tsx';
import { FactRow } from './fact-row.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** With the code that draws QR codes: loaded when somebody sets one up. */
const AuthenticatorSetup = lazy(() =>
  import('./authenticator-setup.tsx').then((file) => ({ default: file.AuthenticatorSetup })),
);

/** So few recovery codes left want new ones. */
const few = 3;

/** The authenticator app, on or off, and its recovery codes. */
export function Authenticator({ account }: { account: Account }) {
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const toast = useToast();
  const start = useAccountChange(() => accountApi.startTotp({}));
  const begin = () =>
    start.mutate(undefined, {
      onSuccess: setSecret,
      onError: (error) =>
        toast({ tone: 'danger', title: 'The authenticator app isn’t set up', detail: errorText(error) }),
    });
  const confirmed = (made: string[]) => {
    setSecret(null);
    setCodes(made);
  };
  return (
    <Section
      title="Authenticator app"
      description="Asks for six digits from an app on your phone after every way of signing in but a passkey. A stolen password or mailbox then opens nothing."
      actions={
        !account.totp && (
          <Button size="sm" busy={start.isPending} onClick={begin}>
            <Smartphone aria-hidden /> Set up
          </Button>
        )
      }
    >
      {account.totp ? (
        <ActiveAuthenticator totp={account.totp} onCodes={setCodes} />
      ) : (
        <p className="text-sm text-ink-faint">Not set up.</p>
      )}
      <Dialog open={secret !== null} onOpenChange={() => setSecret(null)} title="Set up an authenticator app">
        {secret && (
          <Suspense fallback={<Skeleton className="h-64" />}>
            <AuthenticatorSetup secret={secret} onConfirmed={confirmed} />
          </Suspense>
        )}
      </Dialog>
      <Dialog open={codes !== null} onOpenChange={() => setCodes(null)} title="Your recovery codes">
        <div className="pb-5">{codes && <RecoveryCodes codes={codes} email={account.email} />}</div>
        <DialogFooter>
          <Button variant="primary" onClick={() => setCodes(null)}>
            I have kept them
          </Button>
        </DialogFooter>
      </Dialog>
    </Section>
  );
}

interface ActiveProps {
  totp: NonNullable<Account['totp']>;
  onCodes: (codes: string[]) => void;
}

function ActiveAuthenticator({ totp, onCodes }: ActiveProps) {
  const [asking, setAsking] = useState<'renew' | 'remove' | null>(null);
  const toast = useToast();
  const close = () => setAsking(null);
  const renew = useAccountChange(() => accountApi.renewRecoveryCodes({}));
  const remove = useAccountChange(() => accountApi.removeTotp({}));
  const failed = (title: string) => (error: unknown) => toast({ tone: 'danger', title, detail: errorText(error) });
  const left = totp.recoveryCodesLeft;
  return (
    <CardList label="Authenticator app">
      <FactRow icon={Smartphone} title="On" note={`Since ${formatTime(totp.since, deviceZone, 'date')}.`}>
        <Button
          size="sm"
          variant="danger-ghost"
          aria-label="Turn off the authenticator app"
          onClick={() => setAsking('remove')}
        >
          Turn off
        </Button>
      </FactRow>
      <FactRow
        icon={left <= few ? TriangleAlert : LifeBuoy}
        title={
          <>
            Recovery codes <Badge tone={left <= few ? 'hold' : 'neutral'}>{left} left</Badge>
          </>
        }
        note={left <= few ? 'Make new ones before they run out.' : 'For when the app isn’t at hand.'}
      >
        <Button size="sm" onClick={() => setAsking('renew')}>
          New codes
        </Button>
      </FactRow>
      <ConfirmDialog
        open={asking === 'renew'}
        onOpenChange={close}
        title="Make new recovery codes?"
        description="The codes that you have now stop working."
        action="Make new codes"
        tone="primary"
        onConfirm={() =>
          renew
            .mutateAsync()
            .then(({ recoveryCodes }) => onCodes(recoveryCodes))
            .catch(failed('Your old codes still work'))
        }
      />
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={close}
        title="Turn off the authenticator app?"
        description="Signing in asks for no code any more, and your recovery codes stop working. Organisations that want a second factor won’t let you in until you have one again."
        action="Turn off"
        onConfirm={() => remove.mutateAsync().catch(failed('The authenticator app is still on'))}
      />
    </CardList>
  );
}
