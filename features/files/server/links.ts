import { createHmac, timingSafeEqual } from 'node:crypto';
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
  const said = `${versionId}.${expires.toString(36)}.${show ? 's' : 'd'}`;
  return {
    token: `${said}.${signatureOf(secret, orgId, actor, said)}`,
    expiresAt: new Date(expires * 1000).toISOString(),
  };
}

/** @throws AppError not_found for whatever we did not sign for this asker, link_expired */
export function readLink(secret: string, { orgId, actor, now }: LinkScope, token: string): LinkTarget {
  const parts = /^(([0-9a-f-]{36})\.([0-9a-z]{1,12})\.([sd]))\.([\w-]{43})$/.exec(token);
  const [, said = '', versionId = '', expires = '', look, signature = ''] = parts ?? [];
  const expected = signatureOf(secret, orgId, actor, said);
  if (!parts || !timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) throw notFound('This link');
  if (parseInt(expires, 36) * 1000 < now.getTime())
    throw new AppError('link_expired', { message: 'This link is over. Open the file again.' });
  return { versionId, show: look === 's' };
}

function signatureOf(secret: string, orgId: string, actor: string, said: string): string {
  const key = createHmac('sha256', secret).update('files.links').digest();
  return createHmac('sha256', key).update(`${orgId}\n${actor}\n${said}`).digest('base64url');
}
