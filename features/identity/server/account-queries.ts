import * as z from 'zod';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { deviceWords } from '../device-words.ts';
import { factors, ways } from '../sign-in-rules.ts';
import { providerId } from './connections.ts';
import type { OidcProvider } from '#platform/oidc-providers.ts';
import { hasPassword } from './passwords.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';
import { outcomes } from './sign-in-log.ts';
import { totpSince } from './totp.ts';

type Control = Databases['control'];

/** How somebody signs in, and what protects them. */
export async function getAccount(control: Control, userId: string, providers: readonly OidcProvider[]) {
  const [user, password, since, left, passkeys, connected] = await Promise.all([
    getHolder(control, userId),
    hasPassword(control, userId),
    totpSince(control, userId),
    recoveryCodesLeft(control, userId),
    listPasskeys(control, userId),
    listConnections(control, userId),
  ]);
  return {
    name: user.name,
    email: user.email,
    operator: user.operator,
    hasPassword: password,
    totp: since === undefined ? null : { since, recoveryCodesLeft: left },
    passkeys,
    providers: providers.map(({ id, name, issuer }) => {
      const connection = connected.find((one) => sameIssuer(one.providerId, providerId(issuer)));
      return { provider: id, name, connection: connection?.id ?? null, since: connection?.since ?? null };
    }),
  };
}

/** Settings often lack the slash that the provider ends its name with. */
function sameIssuer(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}

export function getHolder(control: Control, userId: string) {
  return control
    .selectFrom('users')
    .select(['id', 'name', 'email', 'operator'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
}

export function listPasskeys(control: Control, userId: string) {
  return control
    .selectFrom('passkeys')
    .select(['id', 'name', 'backed_up as backedUp', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
}

/** @throws AppError not_found for another user's, too */
export async function getPasskey(control: Control, userId: string, id: string) {
  const passkey = (await listPasskeys(control, userId)).find((one) => one.id === id);
  if (!passkey) throw notFound('This passkey');
  return passkey;
}

function listConnections(control: Control, userId: string) {
  return control
    .selectFrom('accounts')
    .select(['id', 'provider_id as providerId', 'created_at as since'])
    .where('user_id', '=', userId)
    .where('provider_id', 'like', 'oidc:%')
    .execute();
}

/** Where a user is signed in, last seen first. */
export async function listDevices(control: Control, userId: string, sessionId: string) {
  const rows = await control
    .selectFrom('sessions')
    .select([
      'id',
      'user_agent',
      'ip_address as address',
      'way',
      'factor',
      'pending',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'expires_at as expiresAt',
    ])
    .where('user_id', '=', userId)
    .where('expires_at', '>', new Date().toISOString())
    .orderBy('last_seen_at', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ user_agent, way, factor, ...row }) => ({
    ...row,
    way: z.enum(ways).parse(way),
    factor: z.enum(factors).nullable().parse(factor),
    device: deviceWords(user_agent),
    current: row.id === sessionId,
  }));
}

/** A user's sign-ins and attempts, newest first. */
export async function listSignIns(
  control: Control,
  userId: string,
  { limit, before }: { limit: number; before?: string | undefined },
) {
  const rows = await control
    .selectFrom('sign_in_events')
    .select(['id', 'at', 'way', 'outcome', 'ip_address as address', 'user_agent'])
    .where('user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where('id', '<', Number(before)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(({ user_agent, id, ...row }) => ({
    ...row,
    id: String(id),
    summary: summaryOf(row.outcome, row.way),
    device: deviceWords(user_agent),
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const wayWords: Readonly<Record<string, string>> = {
  password: 'with the password',
  link: 'with a mailed link',
  oidc: 'with a connected provider',
  passkey: 'with a passkey',
  invitation: 'by accepting an invitation',
  totp: 'with a code of the app',
  recovery: 'with a recovery code',
  mail: 'with a mailed code',
};

/** “Signed in with a passkey”. */
function summaryOf(outcome: string, way: string): string {
  const what = Object.entries(outcomes).find(([name]) => name === outcome)?.[1] ?? outcome;
  return outcome === 'signed_out' || outcome === 'revoked' ? what : `${what} ${wayWords[way] ?? ''}`.trim();
}
