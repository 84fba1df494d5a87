import * as z from 'zod';

/** How a session can begin. */
export const ways = ['password', 'link', 'oidc', 'passkey', 'invitation'] as const;
export type Way = (typeof ways)[number];

/** What counts as a second factor. */
export const factors = ['totp', 'recovery', 'passkey'] as const;
export type Factor = (typeof factors)[number];

/** What proves once more who is there. */
export const proofs = ['password', 'totp', 'passkey', 'mail'] as const;
export type Proof = (typeof proofs)[number];

export const password = z
  .string()
  .min(12, { error: 'Must have at least 12 characters.' })
  .max(128, { error: 'Must have at most 128 characters.' });

/** Token of a mailed link, or of an invitation. */
export const token = z.string().min(1).max(200);
