import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature is good for: its purpose, then whose it is. What was signed for something else is nothing here. */
export type Bound = readonly [purpose: string, ...whose: string[]];

/**
 * Parts that travel in a link and come back unchanged: “part.part.signature”. Signed rather than stored, so that nothing in
 * a database opens what the link does.
 *
 * @param secret the installation's, at least 32 characters
 * @param parts without dots
 */
export function sign(secret: string, bound: Bound, parts: readonly (string | number)[]): string {
  const said = parts.join('.');
  return `${said}.${signatureOf(secret, bound, said)}`;
}

/** @returns the parts, or null for whatever we did not sign for this */
export function readSigned(secret: string, bound: Bound, token: string): string[] | null {
  const at = token.lastIndexOf('.');
  const said = token.slice(0, Math.max(at, 0));
  const expected = Buffer.from(signatureOf(secret, bound, said));
  const given = Buffer.from(token.slice(at + 1));
  return given.length === expected.length && timingSafeEqual(given, expected) ? said.split('.') : null;
}

function signatureOf(secret: string, bound: Bound, said: string): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([...bound, said]))
    .digest('base64url');
}
