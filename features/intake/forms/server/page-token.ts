import { readSigned, sign } from '#platform/crypto/signed.ts';
import { invalid } from '#platform/contract/errors.ts';

/** What a page was given when it was opened: which form it shows, since when. Good for one sending. */
export interface PageToken {
  id: string;
  formId: string;
  revision: number;
  /** Milliseconds since 1970. */
  issuedAt: number;
}

/** Opening a form writes nothing, however often it is opened. */
export function pageToken(secret: string, orgId: string, { id, formId, revision, issuedAt }: PageToken): string {
  return sign(secret, ['form', orgId], [id, formId, revision, issuedAt]);
}

/** @throws AppError invalid_input for everything that we didn’t sign */
export function readPageToken(secret: string, orgId: string, token: string): PageToken {
  const [id, formId = '', revision, issuedAt] = readSigned(secret, ['form', orgId], token) ?? [];
  if (!id) throw notOurs();
  return { id, formId, revision: Number(revision), issuedAt: Number(issuedAt) };
}

export function notOurs() {
  return invalid('token', 'This wasn’t sent from the form’s own page. Open the form, and fill it in there.');
}
