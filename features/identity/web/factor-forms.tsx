import { useState, type FormEvent } from 'react';
import type * as z from 'zod';
import { Button } from '#platform/ui/button.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import type { signIn } from '../sign-in-contract.ts';
import { CodeInput } from './code-input.tsx';

export type FactorProof = z.input<typeof signIn.routes.passFactor.body>;

interface FormProps {
  busy: boolean;
  onProof: (proof: FactorProof) => void;
}

/** Six digits; the sixth sends them. */
export function TotpForm({ busy, onProof }: FormProps) {
  const [code, setCode] = useState('');
  const send = (complete: string) => {
    // What comes back after a refusal is the next code.
    setCode('');
    onProof({ by: 'totp', code: complete });
  };
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <FieldFrame label="Code" hint={busy ? 'Checking …' : 'It goes on by itself with the sixth digit.'}>
        {(control) => <CodeInput {...control} value={code} onValue={setCode} onComplete={send} disabled={busy} />}
      </FieldFrame>
    </form>
  );
}

export function RecoveryForm({ busy, onProof }: FormProps) {
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) onProof({ by: 'recovery', code: code.trim() });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <FieldFrame label="Recovery code">
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            className="h-10 font-mono"
          />
        )}
      </FieldFrame>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Use this code
      </Button>
    </form>
  );
}
