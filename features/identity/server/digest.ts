import { createHash, randomBytes } from 'node:crypto';

/** For secrets of 128 random bits and more: they need no salt and no slow hash. */
export function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** 256 random bits, as letters that fit an address. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
