import { sql } from 'kysely';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { digest } from './digest.ts';

type Control = Databases['control'];

/** Attempts in a window of seconds. */
interface Limit {
  readonly name: string;
  readonly most: number;
  readonly seconds: number;
}

/** Per address of the asker: an office shares one, so these bound work and not one person's mistakes. */
export const limits = {
  password: { name: 'password', most: 30, seconds: 60 },
  mail: { name: 'mail', most: 10, seconds: 60 },
  token: { name: 'token', most: 60, seconds: 60 },
  passkey: { name: 'passkey', most: 60, seconds: 60 },
  provider: { name: 'provider', most: 60, seconds: 60 },
  /** Per mailbox, whoever asks. */
  mailbox: { name: 'mailbox', most: 5, seconds: 600 },
} as const satisfies Record<string, Limit>;

/** Counts an attempt. Concurrent ones are counted one after the other. @throws AppError rate_limited */
export async function withinLimit(control: Control, limit: Limit, whose: string): Promise<void> {
  const key = `${limit.name}:${whose}`;
  const now = Date.now();
  const since = now - limit.seconds * 1_000;
  const { rows } = await sql<{ count: number }>`
    insert into auth_rate_limits as r (id, key, count, last_request) values (${uuidv7()}, ${key}, 1, ${now})
    on conflict (key) do update set
      count = case when r.last_request < ${since} then 1 else r.count + 1 end,
      last_request = case when r.last_request < ${since} then ${now} else r.last_request end
    returning count`.execute(control);
  if ((rows[0]?.count ?? 0) <= limit.most) return;
  throw new AppError('rate_limited', {
    message: `Too many attempts. Wait ${waitWords(limit)} and try again.`,
  });
}

function waitWords({ seconds }: Limit): string {
  if (seconds > 3_600) return 'until tomorrow';
  return seconds > 60 ? 'ten minutes' : 'a minute';
}

/** Whose attempts count together: a network of IPv6 belongs to one asker. */
export function asker(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

/** Names an account by its address without keeping the address, whether there is such an account or not. */
export function mailboxKey(email: string): string {
  return digest(email.toLowerCase()).toString('base64url');
}
