import { readSigned, sign } from '#platform/crypto/signed.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';

/** How long a link opens what it is for, in seconds. */
export const linkSeconds = 300;

/** For whom a link is, and until when. */
export interface LinkScope {
  orgId: string;
  /** Who asked for it: nobody else may use it. */
  actor: string;
  now: Date;
}

/** One version's content, to look at or to keep. */
export interface LinkTarget {
  versionId: string;
  show: boolean;
}

/** @param secret the installation's, at least 32 characters */
export function signLink(secret: string, { orgId, actor, now }: LinkScope, { versionId, show }: LinkTarget) {
  const expires = Math.floor(now.getTime() / 1000) + linkSeconds;
  return {
    token: sign(secret, ['file', orgId, actor], [versionId, expires, show ? 's' : 'd']),
    expiresAt: new Date(expires * 1000).toISOString(),
  };
}

/** @throws AppError not_found for whatever we did not sign for this asker, link_expired */
export function readLink(secret: string, { orgId, actor, now }: LinkScope, token: string): LinkTarget {
  const [versionId, expires, look] = readSigned(secret, ['file', orgId, actor], token) ?? [];
  if (!versionId) throw notFound('This link');
  if (Number(expires) * 1000 < now.getTime())
    throw new AppError('link_expired', { message: 'This link is over. Open the file again.' });
  return { versionId, show: look === 's' };
}
