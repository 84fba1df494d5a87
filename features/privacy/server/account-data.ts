import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { PersonalExport } from '../contract.ts';

type Control = Databases['control'];
type AccountData = Omit<PersonalExport, 'madeAt' | 'explanation' | 'organisations'>;

/** What the control database knows of a user, without its secrets. */
export async function getAccountData(control: Control, userId: string): Promise<AccountData> {
  const account = await control
    .selectFrom('users')
    .select([
      'id',
      'name',
      'email',
      'email_verified as emailVerified',
      'operator',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (!account) throw erased();
  const [ways, log, dealings] = await Promise.all([
    waysIn(control, userId),
    signInLog(control, userId),
    dealingsOf(control, userId, account.email),
  ]);
  return { account, ...ways, ...log, ...dealings };
}

/** A session is remembered for two seconds longer than it lives. */
export function erased(): AppError {
  return new AppError('unauthenticated', { message: 'This account is erased.' });
}

async function waysIn(control: Control, userId: string) {
  const accounts = control
    .selectFrom('accounts')
    .select(['provider_id as provider', 'account_id as accountId', 'created_at as createdAt'])
    .where('user_id', '=', userId)
    .execute();
  const passkeys = control
    .selectFrom('passkeys')
    .select(['name', 'backed_up as backedUp', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .execute();
  const totp = control
    .selectFrom('totp_secrets')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const codes = control
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return {
    waysIn: await accounts,
    passkeys: await passkeys,
    authenticatorSince: (await totp)?.confirmed_at ?? null,
    recoveryCodesLeft: Number((await codes)?.left ?? 0),
  };
}

async function signInLog(control: Control, userId: string) {
  const sessions = await control
    .selectFrom('sessions')
    .select(['id', 'way', 'factor', 'ip_address as address', 'user_agent as userAgent'])
    .select(['created_at as createdAt', 'last_seen_at as lastSeenAt', 'expires_at as expiresAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
  const signIns = await control
    .selectFrom('sign_in_events')
    .select(['at', 'way', 'outcome', 'detail', 'ip_address as address', 'user_agent as userAgent'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute();
  return { sessions, signIns };
}

/** What the person and organisations had to do with each other. */
async function dealingsOf(control: Control, userId: string, email: string) {
  const invitations = await control
    .selectFrom('invitations as i')
    .innerJoin('organisations as o', 'o.id', 'i.organisation_id')
    .select(['o.slug as organisation', 'i.role', 'i.invited_by as invitedBy'])
    .select(['i.created_at as createdAt', 'i.accepted_at as acceptedAt', 'i.revoked_at as revokedAt'])
    .where((eb) =>
      eb.or([eb('i.email', '=', email), eb('i.accepted_by', '=', userId), eb('i.invited_by', '=', userId)]),
    )
    .orderBy('i.created_at')
    .execute();
  const apiKeys = await control
    .selectFrom('api_keys as k')
    .innerJoin('organisations as o', 'o.id', 'k.organisation_id')
    .select([
      'o.slug as organisation',
      'k.name',
      'k.role',
      'k.prefix',
      'k.created_at as createdAt',
      'k.revoked_at as revokedAt',
    ])
    .where('k.created_by', '=', userId)
    .execute();
  const supportGrants = await control
    .selectFrom('support_grants as g')
    .innerJoin('organisations as o', 'o.id', 'g.organisation_id')
    .select(['o.slug as organisation', 'g.purpose', 'g.created_at as createdAt', 'g.ends_at as endsAt'])
    .where('g.granted_by', '=', userId)
    .execute();
  const mails = await control
    .selectFrom('outgoing_mails')
    .select(['subject', 'created_at as createdAt', 'sent_at as sentAt'])
    .where('recipient', '=', email)
    .orderBy('created_at')
    .execute();
  const directed = invitations.map(({ invitedBy, ...invitation }) => ({
    ...invitation,
    direction: invitedBy === userId ? ('sent' as const) : ('received' as const),
  }));
  return { invitations: directed, apiKeys, supportGrants, mails };
}
