import { Globe, KeyRound, Mail } from 'lucide-react';
import { useState } from 'react';
import { useSearch } from '@tanstack/react-router';
import { Button } from '#platform/ui/button.tsx';
import { passkeysKnown, askForPasskey } from './passkey.ts';
import { pathBack } from './session.ts';
import { signInApi } from './sign-in-api.ts';
import { usePasskeySuggestions } from './use-passkey-suggestions.ts';

interface OtherWaysProps {
  providers: readonly { id: string; name: string }[];
  /** Absent where no mail is sent. */
  onLink?: () => void;
  onSignedIn: (opened: { pending: boolean }) => Promise<void>;
  onFailure: (error: unknown) => void;
}

/** The ways in beside the password, a button each. */
export function OtherWays({ providers, onLink, onSignedIn, onFailure }: OtherWaysProps) {
  const { to } = useSearch({ strict: false });
  const [busy, setBusy] = useState<string | null>(null);
  const resumeSuggestions = usePasskeySuggestions(onSignedIn, onFailure);
  const attempt = (way: string, work: () => Promise<unknown>) => async () => {
    setBusy(way);
    onFailure(null);
    try {
      await work();
    } catch (failure) {
      onFailure(failure);
      setBusy(null);
      if (way === 'passkey') resumeSuggestions();
    }
  };
  const byPasskey = attempt('passkey', async () => {
    const { options } = await signInApi.startPasskey({});
    await onSignedIn(await signInApi.passkey({ body: { response: await askForPasskey(options) } }));
  });
  const at = (provider: string) =>
    attempt(provider, async () => {
      const { url } = await signInApi.startProvider({ params: { provider }, body: { to: pathBack(to) } });
      location.assign(url);
    });
  return (
    <div className="grid gap-2">
      {passkeysKnown && (
        <Button size="lg" busy={busy === 'passkey'} disabled={busy !== null} onClick={() => void byPasskey()}>
          <KeyRound aria-hidden /> Sign in with a passkey
        </Button>
      )}
      {onLink && (
        <Button size="lg" disabled={busy !== null} onClick={onLink}>
          <Mail aria-hidden /> Get a link by e-mail
        </Button>
      )}
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          size="lg"
          busy={busy === id}
          disabled={busy !== null}
          onClick={() => void at(id)()}
          title={name}
          className="min-w-0"
        >
          <Globe aria-hidden /> <span className="truncate">Continue with {name}</span>
        </Button>
      ))}
    </div>
  );
}
