import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalid } from '#platform/contract/errors.ts';

/** What a page was given when it was opened: which form it shows, since when. Good for one sending. */
export interface PageToken {
  id: string;
  formId: string;
  revision: number;
  /** Milliseconds since 1970. */
  issuedAt: number;
}

/** Signed rather than stored: opening a form writes nothing, however often it is opened. */
export function pageToken(secret: string, orgId: string, { id, formId, revision, issuedAt }: PageToken): string {
  const said = [id, formId, revision, issuedAt].join('.');
  return `${said}.${signature(secret, orgId, said)}`;
}

/** @throws AppError invalid_input for everything that we didn’t sign */
export function readPageToken(secret: string, orgId: string, token: string): PageToken {
  const at = token.lastIndexOf('.');
  const said = token.slice(0, Math.max(at, 0));
  const expected = Buffer.from(signature(secret, orgId, said));
  const given = Buffer.from(token.slice(at + 1));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notOurs();
  const [id = '', formId = '', revision = '', issuedAt = ''] = said.split('.');
  return { id, formId, revision: Number(revision), issuedAt: Number(issuedAt) };
}

export function notOurs() {
  return invalid('token', 'This wasn’t sent from the form’s own page. Open the form, and fill it in there.');
}

function signature(secret: string, orgId: string, said: string): string {
  return createHmac('sha256', secret).update(`form\n${orgId}\n${said}`).digest('base64url');
}
