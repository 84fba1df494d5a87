import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import type { Proof } from '../sign-in-rules.ts';
import { passkeysKnown } from './passkey.ts';
import { meQuery } from './session.ts';
import { MailProof, PasskeyProof, PasswordProof, TotpProof } from './step-up-proofs.tsx';

/** The quickest first. */
const order: readonly Proof[] = ['passkey', 'totp', 'password', 'mail'];
const labels: Readonly<Record<Proof, string>> = {
  passkey: 'Use a passkey',
  totp: 'Use the authenticator app',
  password: 'Use the password',
  mail: 'Use a code by e-mail',
};
const forms = { passkey: PasskeyProof, totp: TotpProof, password: PasswordProof, mail: MailProof };

/** Asks who is there, before something that is worth stealing. What waits for it goes on by itself. */
export function StepUpDialog({ onClose }: { onClose: (proved: boolean) => void }) {
  // What one can prove may have changed a moment ago: the last passkey removed, a password set.
  const { data, error } = useQuery({ ...meQuery, staleTime: 0 });
  const [chosen, setChosen] = useState<Proof | null>(null);
  const proofs = order.filter(
    (proof) => data?.session?.proofs.includes(proof) && (proof !== 'passkey' || passkeysKnown),
  );
  const proof = chosen ?? proofs[0];
  const Form = proof && forms[proof];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      title="Confirm that it’s you"
      description="You are about to change or see something sensitive. You won’t be asked again for ten minutes."
      size="sm"
    >
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Skeleton className="h-20" />}
      {Form && <Form key={proof} onProved={() => onClose(true)} />}
      {proofs.length > 1 && (
        <div className="mt-5 flex flex-wrap gap-x-4 gap-y-2 border-t border-line pt-4 text-sm">
          {proofs
            .filter((other) => other !== proof)
            .map((other) => (
              <Button key={other} variant="link" onClick={() => setChosen(other)}>
                {labels[other]}
              </Button>
            ))}
        </div>
      )}
    </Dialog>
  );
}
