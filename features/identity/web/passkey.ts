import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { ApiError } from '#platform/client/client.ts';

/** Whether this browser knows passkeys at all. */
export const passkeysKnown = typeof window !== 'undefined' && 'PublicKeyCredential' in window;

/** Loaded when a passkey is wanted, not with the page. */
const library = () => import('@simplewebauthn/browser');

type Options = Record<string, unknown>;

/**
 * Asks the browser for a passkey.
 * @param quietly it offers passkeys among the suggestions of the address box, and waits there
 * @throws {ApiError} with words for people when there was none
 */
export async function askForPasskey(options: Options, quietly = false) {
  const { startAuthentication } = await library();
  if (!asksForPasskey(options)) throw refusal(unexpected);
  const given = await inWords(startAuthentication({ optionsJSON: options, useBrowserAutofill: quietly }));
  return { ...given, clientExtensionResults: { ...given.clientExtensionResults } };
}

/** Has the browser make a passkey. @throws {ApiError} with words for people when it made none */
export async function makePasskey(options: Options) {
  const { startRegistration } = await library();
  if (!asksForNewPasskey(options)) throw refusal(unexpected);
  const made = await inWords(startRegistration({ optionsJSON: options }));
  return { ...made, clientExtensionResults: { ...made.clientExtensionResults } };
}

/** Whether passkeys can stand among the suggestions of a box. */
export async function canSuggestPasskeys(): Promise<boolean> {
  return passkeysKnown && (await library()).browserSupportsWebAuthnAutofill();
}

/** Stops waiting, because the page goes or another question begins. */
export async function stopWaiting(): Promise<void> {
  (await library()).WebAuthnAbortService.cancelCeremony();
}

const unexpected = 'The server’s answer can’t be used for a passkey. Reload the page, then try again.';
const words: Readonly<Record<string, string>> = {
  NotAllowedError: 'No passkey was used: the browser’s window was closed, or it took too long. Try again.',
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys don’t work at this address. They need https, or localhost.',
  AbortError: 'No passkey was used. Try again.',
};

async function inWords<T>(ceremony: Promise<T>): Promise<T> {
  try {
    return await ceremony;
  } catch (error) {
    throw refusal(
      (error instanceof Error && words[error.name]) || 'The browser couldn’t use a passkey. Try another way.',
    );
  }
}

function refusal(detail: string): ApiError {
  return new ApiError(422, { code: 'passkey_refused', detail });
}

function asksForPasskey(options: unknown): options is PublicKeyCredentialRequestOptionsJSON {
  return typeof options === 'object' && options !== null && 'challenge' in options;
}

function asksForNewPasskey(options: unknown): options is PublicKeyCredentialCreationOptionsJSON {
  return asksForPasskey(options) && 'rp' in options && 'user' in options && 'pubKeyCredParams' in options;
}
