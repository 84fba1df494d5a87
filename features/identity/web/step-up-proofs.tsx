import { KeyRound, Mail } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type * as z from 'zod';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import type { signIn } from '../sign-in-contract.ts';
import { CodeInput } from './code-input.tsx';
import { withUntil } from './lock-words.ts';
import { askForPasskey } from './passkey.ts';
import { PasswordInput } from './password-input.tsx';
import { signInApi } from './sign-in-api.ts';
import { useAttempt } from './use-attempt.ts';

type Proof = z.input<typeof signIn.routes.stepUp.body>;

interface ProofProps {
  onProved: () => void;
}

/** Sends one proof. What was wrong is told in words and can be tried again. */
function useProof(onProved: () => void) {
  return useAttempt(async (proof: Proof) => {
    await signInApi.stepUp({ body: proof });
    onProved();
  });
}

export function PasswordProof({ onProved }: ProofProps) {
  const [password, setPassword] = useState('');
  const { run, busy, error } = useProof(onProved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (password) run({ by: 'password', password });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {error !== null && <ErrorNotice error={withUntil(error)} />}
      <FieldFrame label="Password">
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            autoFocus
            value={password}
            onValue={setPassword}
          />
        )}
      </FieldFrame>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Confirm
      </Button>
    </form>
  );
}

export function TotpProof({ onProved }: ProofProps) {
  const [code, setCode] = useState('');
  const { run, busy, error } = useProof(onProved);
  const send = (complete: string) => {
    setCode('');
    run({ by: 'totp', code: complete });
  };
  return (
    <div className="grid gap-4">
      {error !== null && <ErrorNotice error={withUntil(error)} />}
      <FieldFrame label="Code" hint={busy ? 'Checking …' : 'The six digits that your authenticator app shows.'}>
        {(control) => <CodeInput {...control} value={code} onValue={setCode} onComplete={send} disabled={busy} />}
      </FieldFrame>
    </div>
  );
}

export function PasskeyProof({ onProved }: ProofProps) {
  const { run, busy, error } = useAttempt(async () => {
    const { options } = await signInApi.startStepUpPasskey({});
    await signInApi.stepUp({ body: { by: 'passkey', response: await askForPasskey(options) } });
    onProved();
  });
  return (
    <div className="grid gap-4">
      {error !== null && <ErrorNotice error={error} />}
      <Button variant="primary" size="lg" busy={busy} autoFocus onClick={() => run()}>
        <KeyRound aria-hidden /> Use a passkey
      </Button>
    </div>
  );
}

/** For those who have neither password, authenticator app nor passkey. */
export function MailProof({ onProved }: ProofProps) {
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  const mailing = useAttempt(async () => {
    await signInApi.mailStepUpCode({});
    setSent(true);
  });
  const { run, busy, error } = useProof(onProved);
  const send = (complete: string) => {
    setCode('');
    run({ by: 'mail', code: complete });
  };
  return (
    <div className="grid gap-4">
      {mailing.error !== null && <ErrorNotice error={mailing.error} />}
      {error !== null && <ErrorNotice error={withUntil(error)} />}
      {sent ? (
        <FieldFrame label="Code" hint={busy ? 'Checking …' : 'The eight digits in the mail that we sent you.'}>
          {(control) => (
            <CodeInput {...control} length={8} value={code} onValue={setCode} onComplete={send} disabled={busy} />
          )}
        </FieldFrame>
      ) : (
        <Button variant="primary" size="lg" busy={mailing.busy} autoFocus onClick={() => mailing.run()}>
          <Mail aria-hidden /> Mail me a code
        </Button>
      )}
    </div>
  );
}
