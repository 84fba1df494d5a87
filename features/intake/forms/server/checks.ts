import { AppError, invalid } from '#platform/contract/errors.ts';
import { isProof } from '../proof-rules.ts';
import { notOurs, readPageToken, type PageToken } from './page-token.ts';

/** A person needs longer than this to fill in anything; the page waits for it by itself. */
export const waitMs = 3_000;
/** A page stays open for a day; then it asks for a new token by itself, and nothing that was written is lost. */
const goodFor = 24 * 3_600_000;

interface Sent {
  token: string;
  proof: string;
}

/**
 * That something was sent from a page of ours, by somebody who took the time and did the work; no database is asked.
 * @throws AppError invalid_input, form_too_early, form_stale
 */
export function requirePage(secret: string, orgId: string, { token, proof }: Sent, now: number): PageToken {
  const page = readPageToken(secret, orgId, token);
  const age = now - page.issuedAt;
  // Signed by a process whose clock is ahead of ours: a little is usual.
  if (age < -60_000) throw notOurs();
  if (age < waitMs) {
    throw new AppError('form_too_early', {
      message: 'This came faster than anybody can fill in a form. Wait a few seconds, and send it again.',
    });
  }
  if (age > goodFor) {
    throw new AppError('form_stale', {
      message: 'This page was open for more than a day. Reload it, and send it again.',
    });
  }
  if (!isProof(token, proof))
    throw invalid(
      'proof',
      'The form’s page does some work before it sends, which is missing. Reload it, and try again.',
    );
  return page;
}
