import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { email, line } from '#platform/contract/fields.ts';
import { password, token } from './sign-in-rules.ts';

/** Six digits of an authenticator app; spaces between them are passed over. */
const totpCode = z
  .string()
  .max(20)
  .transform((value) => value.replaceAll(/\s/g, ''))
  .refine((value) => /^\d{6}$/.test(value), { error: 'Must be the six digits that the app shows.' });

const recoveryCode = z.string().min(1).max(100);

/** Where to go after signing in: a path of this site. */
const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\]*$/, { error: 'Must be a path of this site.' });

/** Ids of providers, as `HOLDFAST_OIDC` names them. */
const provider = z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'Must be the id of a provider.' });

const bytes = z.string().max(20_000);
const extensions = z.record(z.string().max(100), z.unknown());
const attachment = z.enum(['platform', 'cross-platform']).optional();

/** What `navigator.credentials.create` gives, as JSON. */
export const newPasskey = z.strictObject({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: z.strictObject({
    clientDataJSON: bytes,
    attestationObject: bytes,
    authenticatorData: bytes.optional(),
    transports: z.array(z.string().max(40)).max(10).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: bytes.optional(),
  }),
});

/** What `navigator.credentials.get` gives, as JSON. */
export const usedPasskey = z.strictObject({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: z.strictObject({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
});

/** Options for the browser's passkey dialogue; hand them to `@simplewebauthn/browser` as they are. */
export const passkeyOptions = z.object({ options: z.record(z.string(), z.unknown()) });

/** Pending: the second factor is still to come (`signIn.passFactor`). */
const opened = z.object({ pending: z.boolean() });

/** A second factor, or any proof for a step-up. */
const totpProof = z.strictObject({ by: z.literal('totp'), code: totpCode });
const recoveryProof = z.strictObject({ by: z.literal('recovery'), code: recoveryCode });
const passkeyProof = z.strictObject({ by: z.literal('passkey'), response: usedPasskey });

/** Ways in and out of a session, its second factor, and step-up. Every way in ends in the same kind of session. */
export const signIn = defineContract({
  name: 'signIn',
  permissions: {},
  errors: {
    bad_credentials: 401,
    sign_in_locked: 429,
    link_invalid: 410,
    code_wrong: 422,
    passkey_refused: 422,
    provider_unknown: 404,
    provider_refused: 422,
    not_connected: 403,
    sign_up_closed: 403,
    email_taken: 409,
  },
  routes: {
    password: {
      method: 'POST',
      path: '/session',
      scope: 'public',
      summary: 'Signs in with a password. Limited per address and per account.',
      body: z.strictObject({ email, password: z.string().min(1).max(128) }),
      output: opened,
      errors: ['bad_credentials', 'sign_in_locked', 'rate_limited'],
    },
    requestLink: {
      method: 'POST',
      path: '/session/link',
      scope: 'public',
      summary: 'Mails a sign-in link if the address is known; the answer is the same if not. Limited per address.',
      body: z.strictObject({ email }),
      status: 202,
      errors: ['rate_limited'],
    },
    useLink: {
      method: 'POST',
      path: '/session/link/use',
      scope: 'public',
      summary: 'Signs in with the token of a mailed link: single use, ten minutes.',
      body: z.strictObject({ token }),
      output: opened,
      errors: ['link_invalid', 'rate_limited'],
    },
    startPasskey: {
      method: 'POST',
      path: '/session/passkey/options',
      scope: 'public',
      summary:
        'A challenge for signing in with a passkey, bound to this browser by a cookie. Five minutes, single use.',
      output: passkeyOptions,
      errors: ['rate_limited'],
    },
    passkey: {
      method: 'POST',
      path: '/session/passkey',
      scope: 'public',
      summary: 'Signs in with a passkey, no address needed. It is a second factor too: also passes a pending session.',
      body: z.strictObject({ response: usedPasskey }),
      output: opened,
      errors: ['passkey_refused', 'rate_limited'],
    },
    startProvider: {
      method: 'POST',
      path: '/session/providers/:provider',
      scope: 'public',
      summary: 'Begins signing in at another provider (OpenID Connect): the address to send the browser to.',
      params: z.object({ provider }),
      body: z.strictObject({
        to: ownPath.optional().describe('Where to go afterwards.'),
        invitation: token.optional().describe('Token of an invitation that is being accepted.'),
      }),
      output: z.object({ url: z.string() }),
      errors: ['provider_unknown', 'provider_refused', 'rate_limited'],
    },
    useProvider: {
      method: 'POST',
      path: '/session/providers/:provider/use',
      scope: 'public',
      summary: 'Ends signing in at a provider, or connecting it: what it sent back to /sign-in/with/:provider.',
      params: z.object({ provider }),
      body: z.strictObject({ search: z.string().max(8_000).describe('The page’s query string, with its ?.') }),
      output: z.object({ pending: z.boolean(), connected: z.boolean(), to: z.string().nullable() }),
      errors: ['provider_unknown', 'provider_refused', 'not_connected', 'rate_limited'],
    },
    signOut: {
      method: 'DELETE',
      path: '/session',
      scope: 'account',
      pending: true,
      summary: 'Signs out of this device.',
      status: 204,
    },
    passFactor: {
      method: 'POST',
      path: '/session/factor',
      scope: 'account',
      pending: true,
      summary: 'Passes the second factor of a pending session. Five tries, then the session ends.',
      body: z.discriminatedUnion('by', [totpProof, recoveryProof]),
      status: 204,
      errors: ['code_wrong', 'sign_in_locked'],
    },
    startStepUpPasskey: {
      method: 'POST',
      path: '/session/step-up/passkey',
      scope: 'account',
      summary: 'A challenge for stepping up with a passkey.',
      output: passkeyOptions,
    },
    mailStepUpCode: {
      method: 'POST',
      path: '/session/step-up/mail',
      scope: 'account',
      summary: 'Mails a code for stepping up to a user without password, authenticator and passkey. Ten minutes.',
      status: 202,
      errors: ['rate_limited'],
    },
    stepUp: {
      method: 'POST',
      path: '/session/step-up',
      scope: 'account',
      summary: 'Proves once more who is there, as sensitive changes need it (`step_up_required`).',
      body: z.discriminatedUnion('by', [
        z.strictObject({ by: z.literal('password'), password: z.string().min(1).max(128) }),
        totpProof,
        passkeyProof,
        z.strictObject({ by: z.literal('mail'), code: z.string().min(1).max(20) }),
      ]),
      status: 204,
      errors: ['bad_credentials', 'code_wrong', 'passkey_refused', 'sign_in_locked'],
    },
    signUp: {
      method: 'POST',
      path: '/sign-up',
      scope: 'public',
      summary: 'Mails a link for making an account, where the installation lets anybody sign up. Limited per address.',
      body: z.strictObject({ email }),
      status: 202,
      errors: ['sign_up_closed', 'rate_limited'],
    },
    useSignUp: {
      method: 'POST',
      path: '/sign-up/use',
      scope: 'public',
      summary: 'Makes the account with the token of the mailed link, and signs in.',
      body: z.strictObject({ token, name: line(), password }),
      output: opened,
      errors: ['link_invalid', 'sign_up_closed', 'rate_limited'],
    },
    requestReset: {
      method: 'POST',
      path: '/password-reset',
      scope: 'public',
      summary: 'Mails a link for a new password if the address is known; the answer is the same if not.',
      body: z.strictObject({ email }),
      status: 202,
      errors: ['rate_limited'],
    },
    useReset: {
      method: 'POST',
      path: '/password-reset/use',
      scope: 'public',
      summary: 'Sets the password with the token of the mailed link, ends all other sessions, and signs in.',
      body: z.strictObject({ token, password }),
      output: opened,
      errors: ['link_invalid', 'rate_limited'],
    },
    useEmailChange: {
      method: 'POST',
      path: '/email-change/use',
      scope: 'public',
      summary: 'Confirms a new address with the token mailed there. The old address is told.',
      body: z.strictObject({ token }),
      status: 204,
      errors: ['link_invalid', 'email_taken', 'rate_limited'],
    },
  },
});
