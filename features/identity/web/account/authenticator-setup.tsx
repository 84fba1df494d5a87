import { useState } from 'react';
import type * as z from 'zod';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import type { account } from '../../account-contract.ts';
import { CodeInput } from '../code-input.tsx';
import { accountApi, useAccountChange } from './account-queries.ts';
import { QrCode } from './qr-code.tsx';

export type TotpSecret = z.output<typeof account.routes.startTotp.output>;

interface SetupProps {
  secret: TotpSecret;
  /** Gets the recovery codes: they are shown now or never. */
  onConfirmed: (recoveryCodes: string[]) => void;
}

/** Scan, then confirm with the first code. */
export function AuthenticatorSetup({ secret, onConfirmed }: SetupProps) {
  const [code, setCode] = useState('');
  const confirm = useAccountChange((entered: string) => accountApi.confirmTotp({ body: { code: entered } }));
  const send = (complete: string) => {
    setCode('');
    confirm.mutate(complete, { onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes) });
  };
  return (
    <ol className="grid gap-5">
      <li className="grid gap-3">
        <p className="text-sm text-pretty">
          <strong className="font-medium">1. Scan this</strong> with an authenticator app, such as the one in your
          password manager.
        </p>
        <div className="flex flex-wrap items-center gap-4">
          <QrCode text={secret.uri} label="QR code for the authenticator app" />
          <SecretText secret={secret.secret} />
        </div>
      </li>
      <li className="grid gap-3">
        <p className="text-sm text-pretty">
          <strong className="font-medium">2. Enter the six digits</strong> that it shows. All your other devices are
          signed out then.
        </p>
        {confirm.error && <ErrorNotice error={confirm.error} />}
        <FieldFrame label="Code" hint={confirm.isPending ? 'Checking …' : undefined} className="max-w-60">
          {(control) => (
            <CodeInput {...control} value={code} onValue={setCode} onComplete={send} disabled={confirm.isPending} />
          )}
        </FieldFrame>
      </li>
    </ol>
  );
}

/** For those who can't scan. In groups of four, as apps let one type it. */
function SecretText({ secret }: { secret: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="min-w-0 flex-1 basis-48 text-sm">
      <p className="text-ink-soft">Can’t scan? Type this key instead:</p>
      <p data-secret={secret} className="mt-1 font-mono break-words">
        {secret.match(/.{1,4}/g)?.join(' ')}
      </p>
      <Button size="sm" className="mt-2" onClick={() => void copy()}>
        <span aria-live="polite">{copied ? 'Copied' : 'Copy the key'}</span>
      </Button>
    </div>
  );
}
