import { createHash } from 'node:crypto';

/** One seal as its hash covers it. */
export interface Seal {
  number: number;
  /** Ids of its changes as PostgreSQL writes a multirange: `{[1,4),[7,8)}`. */
  ids: string;
  changes: number;
  /** SHA-256 of each change's text, one behind the other, in the order of ids. */
  rowHashes: Buffer;
  previousHash: Buffer;
  horizon: number;
  place: string;
  /** To the microsecond. */
  sealedAt: string;
}

export const hashLength = 32;

/** What the first seal has before it. */
export const noHash = Buffer.alloc(hashLength);

/** SQL of an instant's text, to the microsecond; the same on every server. */
export const instantText = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * SQL of a change's text, over the alias `c`: every column but `xid`, which is another one after a move. The two
 * JSON columns go in as their text, which tells a JSON null from no value.
 */
export const changeText = `jsonb_build_array(c.org_id, c.id, c.entity, c.entity_id, c.version, c.operation, c.before::text,
  c.after::text, c.actor, c.real_actor, c.session, c.address, c.request_id, c.reason, ${instantText('c.at')}, c.engagement_id)::text`;

export function hashOf(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA-256 of the previous hash, the seal's own fields, and the hashes of its changes. */
export function sealHash(orgId: string, seal: Seal): Buffer {
  const { number, ids, changes, horizon, place, sealedAt } = seal;
  const fields = JSON.stringify([orgId, number, ids, changes, horizon, place, sealedAt]);
  return hashOf(seal.previousHash, fields, '\n', seal.rowHashes);
}

/** Ascending ids as PostgreSQL writes a multirange of them. */
export function rangesOf(ids: readonly number[]): string {
  const ranges: string[] = [];
  let first: number | undefined;
  ids.forEach((id, index) => {
    first ??= id;
    if (ids[index + 1] === id + 1) return;
    ranges.push(`[${first},${id + 1})`);
    first = undefined;
  });
  return `{${ranges.join(',')}}`;
}

/** The ids in a multirange, ascending. */
export function idsIn(ranges: string): number[] {
  return [...ranges.matchAll(/\[(\d+),(\d+)\)/g)].flatMap(([, from, to]) =>
    Array.from({ length: Number(to) - Number(from) }, (_, index) => Number(from) + index),
  );
}
