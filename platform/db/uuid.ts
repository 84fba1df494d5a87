import { randomUUID } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits. Ids sort by the time they were
 * made, which keeps index inserts at one end. PostgreSQL has uuidv7() only from version 18.
 * The random bits are those of a random UUID: Node makes these in batches, which single bytes are not.
 */
export function uuidv7(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
