import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * A little work that a page does before it sends, and that costs a sender of thousands: a number whose hash, together with
 * the page’s token, begins with so many zero bits. SHA-256 is written out here, as browsers offer theirs only over https
 * and only one promise at a time, which is forty times slower.
 */

/** 2^14 tries on average: 45 ms on a desktop, about a second on a phone of ten years ago, while somebody still types. */
export const proofBits = 14;

/** One block of SHA-256: what is hashed over and over must be short. */
export function proofSeed(token: string): string {
  return bytesToHex(hashOf(token)).slice(0, 32);
}

/** Whether `proof` is the work for a token. */
export function isProof(token: string, proof: string, bits = proofBits): boolean {
  return /^[0-9a-z]{1,12}$/.test(proof) && zeroBits(hashOf(proofSeed(token) + proof)) >= bits;
}

/** Tries numbers from `from` on. @returns the proof, or null when `tries` were not enough */
export function tryProofs(seed: string, from: number, tries: number, bits = proofBits): string | null {
  for (let number = from; number < from + tries; number++) {
    const proof = number.toString(36);
    if (zeroBits(hashOf(seed + proof)) >= bits) return proof;
  }
  return null;
}

function zeroBits(hash: Uint8Array): number {
  let bits = 0;
  for (const byte of hash) {
    bits += Math.clz32(byte) - 24;
    if (byte !== 0) break;
  }
  return bits;
}

const hashOf = (text: string): Uint8Array => sha256(utf8ToBytes(text));
