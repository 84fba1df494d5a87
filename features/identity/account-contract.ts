import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { count, email, id, instantOut, line } from '#platform/contract/fields.ts';
import { newPasskey, passkeyOptions } from './sign-in-contract.ts';
import { factors, password, ways } from './sign-in-rules.ts';

const passkey = z
  .object({
    id,
    name: z.string(),
    backedUp: z.boolean().describe('Kept by the maker’s cloud; else on one device only.'),
    createdAt: instantOut,
    lastUsedAt: instantOut.nullable(),
  })
  .meta({ id: 'Passkey' });

const device = z
  .object({
    id,
    device: z.string().describe('Browser and system in words: Firefox on Windows.'),
    address: z.string().nullable(),
    way: z.enum(ways),
    factor: z.enum(factors).nullable(),
    pending: z.boolean(),
    current: z.boolean().describe('The one that asks.'),
    createdAt: instantOut,
    lastSeenAt: instantOut,
    expiresAt: instantOut,
  })
  .meta({ id: 'Device' });

const signInEntry = z
  .object({
    id: z.string(),
    at: instantOut,
    way: z.string(),
    outcome: z.string().describe('ok, pending, refused, locked, factor_ok, factor_refused, stepped_up, signed_out, …'),
    summary: z.string().describe('The same in words.'),
    device: z.string(),
    address: z.string().nullable(),
  })
  .meta({ id: 'SignInEntry' });

const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('Shown in this answer only.') });

/** What users keep about themselves: password, address, second factors, devices. Programs may call none of it. */
export const account = defineContract({
  name: 'account',
  permissions: {},
  errors: { totp_active: 409, totp_inactive: 409, code_wrong: 422, passkey_refused: 422, email_taken: 409 },
  constraints: {},
  routes: {
    get: {
      method: 'GET',
      path: '/account',
      scope: 'account',
      summary: 'How the asker signs in.',
      output: z.object({
        name: z.string(),
        email: z.string(),
        hasPassword: z.boolean(),
        totp: z.object({ since: instantOut, recoveryCodesLeft: z.int() }).nullable(),
        passkeys: z.array(passkey),
        providers: z.array(
          z.object({
            provider: z.string(),
            name: z.string(),
            connection: id.nullable().describe('Null: not connected yet.'),
            since: instantOut.nullable(),
          }),
        ),
        operator: z.boolean(),
      }),
    },
    changeName: {
      method: 'PATCH',
      path: '/account',
      scope: 'account',
      summary: 'Changes the name that others see.',
      body: z.strictObject({ name: line() }),
      status: 204,
    },
    changePassword: {
      method: 'PUT',
      path: '/account/password',
      scope: 'account',
      fresh: true,
      summary: 'Sets or changes the password, and signs all other devices out.',
      body: z.strictObject({ password }),
      status: 204,
    },
    changeEmail: {
      method: 'POST',
      path: '/account/email',
      scope: 'account',
      fresh: true,
      summary: 'Mails a link to the new address; it becomes the account’s when the link is used.',
      body: z.strictObject({ email }),
      status: 202,
      errors: ['rate_limited'],
    },
    listDevices: {
      method: 'GET',
      path: '/account/devices',
      scope: 'account',
      summary: 'Where the asker is signed in, last seen first.',
      output: z.object({ items: z.array(device) }),
    },
    endDevice: {
      method: 'DELETE',
      path: '/account/devices/:id',
      scope: 'account',
      summary: 'Signs one device out; it ends within five seconds, live connections included.',
      params: z.object({ id }),
      status: 204,
    },
    endOtherDevices: {
      method: 'DELETE',
      path: '/account/devices',
      scope: 'account',
      summary: 'Signs out everywhere but here.',
      output: z.object({ ended: z.int() }),
    },
    listSignIns: {
      method: 'GET',
      path: '/account/sign-ins',
      scope: 'account',
      summary: 'The asker’s sign-ins and attempts, newest first.',
      query: z.object({
        limit: count(1, 200).default(50),
        before: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional()
          .describe('`next` of the page before.'),
      }),
      output: z.object({ items: z.array(signInEntry), next: z.string().nullable() }),
    },
    startTotp: {
      method: 'POST',
      path: '/account/totp',
      scope: 'account',
      fresh: true,
      summary: 'A secret for an authenticator app; it counts once a first code has confirmed it.',
      output: z.object({
        secret: z.string().describe('Base32, to type.'),
        uri: z.string().describe('otpauth:, to scan.'),
      }),
      errors: ['totp_active'],
    },
    confirmTotp: {
      method: 'POST',
      path: '/account/totp/confirm',
      scope: 'account',
      fresh: true,
      summary: 'Confirms the app with its first code, gives recovery codes, and signs all other devices out.',
      body: z.strictObject({ code: z.string().min(1).max(20) }),
      output: recoveryCodes,
      errors: ['totp_active', 'totp_inactive', 'code_wrong'],
    },
    removeTotp: {
      method: 'DELETE',
      path: '/account/totp',
      scope: 'account',
      fresh: true,
      summary: 'Removes the authenticator app and its recovery codes.',
      status: 204,
      errors: ['totp_inactive'],
    },
    renewRecoveryCodes: {
      method: 'POST',
      path: '/account/recovery-codes',
      scope: 'account',
      fresh: true,
      summary: 'Makes new recovery codes; the old ones stop working.',
      output: recoveryCodes,
      errors: ['totp_inactive'],
    },
    startPasskey: {
      method: 'POST',
      path: '/account/passkeys/options',
      scope: 'account',
      fresh: true,
      summary: 'Options for making a passkey in the browser. Five minutes, single use.',
      output: passkeyOptions,
    },
    addPasskey: {
      method: 'POST',
      path: '/account/passkeys',
      scope: 'account',
      fresh: true,
      summary: 'Keeps the passkey that the browser made.',
      body: z.strictObject({ name: line(80), response: newPasskey }),
      status: 201,
      output: passkey,
      errors: ['passkey_refused'],
    },
    renamePasskey: {
      method: 'PATCH',
      path: '/account/passkeys/:id',
      scope: 'account',
      summary: 'Renames a passkey.',
      params: z.object({ id }),
      body: z.strictObject({ name: line(80) }),
      output: passkey,
    },
    removePasskey: {
      method: 'DELETE',
      path: '/account/passkeys/:id',
      scope: 'account',
      fresh: true,
      summary: 'Removes a passkey: it signs nobody in any more.',
      params: z.object({ id }),
      status: 204,
    },
    connectProvider: {
      method: 'POST',
      path: '/account/providers/:provider',
      scope: 'account',
      fresh: true,
      summary: 'Begins connecting a sign-in provider: the address to send the browser to. Ends in signIn.useProvider.',
      params: z.object({ provider: z.string().max(40) }),
      output: z.object({ url: z.string() }),
      errors: ['provider_unknown', 'provider_refused'],
    },
    disconnectProvider: {
      method: 'DELETE',
      path: '/account/connections/:id',
      scope: 'account',
      fresh: true,
      summary: 'Ends a connection with a sign-in provider.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
