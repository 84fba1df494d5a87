import { useEffect, useRef, useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { canSuggestPasskeys, stopWaiting, askForPasskey } from './passkey.ts';
import { signInApi } from './sign-in-api.ts';

/** A challenge lasts five minutes; a page left open asks for a new one before. Milliseconds. */
const renew = 4 * 60_000;

/**
 * Lets the browser offer passkeys among the suggestions of the address box, for as long as the page is open.
 * @returns begins again, after a passkey was asked for in another way
 */
export function usePasskeySuggestions(
  onSignedIn: (opened: { pending: boolean }) => Promise<void>,
  onFailure: (error: unknown) => void,
): () => void {
  const [round, setRound] = useState(0);
  const then = useRef({ onSignedIn, onFailure });
  useEffect(() => {
    then.current = { onSignedIn, onFailure };
  });
  useEffect(() => {
    let left = false;
    const offer = async () => {
      if (!(await canSuggestPasskeys()) || left) return;
      const { options } = await signInApi.startPasskey({});
      // The button's question, a renewal or leaving the page ends the wait; none of them is a failure.
      const response = left ? undefined : await askForPasskey(options, true).catch(() => undefined);
      if (!response || left) return;
      await then.current.onSignedIn(await signInApi.passkey({ body: { response } }));
    };
    // Unasked for: only an answer to a passkey that was chosen is worth telling.
    const begin = () =>
      void offer().catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'passkey_refused') then.current.onFailure(error);
      });
    begin();
    const timer = setInterval(begin, renew);
    return () => {
      left = true;
      clearInterval(timer);
      void stopWaiting();
    };
  }, [round]);
  return () => setRound((now) => now + 1);
}
