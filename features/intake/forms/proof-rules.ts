/**
 * A little work that a page does before it sends, and that costs a sender of thousands: a number whose hash, together with
 * the page’s token, begins with so many zero bits. SHA-256 is written out here, as browsers offer theirs only over https
 * and only one promise at a time, which is forty times slower.
 */

/** 2^14 tries on average: 45 ms on a desktop, about a second on a phone of ten years ago, while somebody still types. */
export const proofBits = 14;

/** One block of SHA-256: what is hashed over and over must be short. */
export function proofSeed(token: string): string {
  return hex(sha256(token)).slice(0, 32);
}

/** Whether `proof` is the work for a token. */
export function isProof(token: string, proof: string, bits = proofBits): boolean {
  return /^[0-9a-z]{1,12}$/.test(proof) && zeroBits(sha256(proofSeed(token) + proof)) >= bits;
}

/** Tries numbers from `from` on. @returns the proof, or null when `tries` were not enough */
export function tryProofs(seed: string, from: number, tries: number, bits = proofBits): string | null {
  for (let number = from; number < from + tries; number++) {
    const proof = number.toString(36);
    if (zeroBits(sha256(seed + proof)) >= bits) return proof;
  }
  return null;
}

function zeroBits(hash: Uint32Array): number {
  let bits = 0;
  for (const word of hash) {
    bits += Math.clz32(word);
    if (word !== 0) break;
  }
  return bits;
}

function hex(hash: Uint32Array): string {
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

const constants = roundConstants();
const schedule = new Uint32Array(64);

/** First 32 bits of the fractional parts of cube roots (the rounds) or square roots (the start) of primes. */
function roundConstants(): { rounds: Uint32Array; start: Uint32Array } {
  const primes: number[] = [];
  for (let number = 2; primes.length < 64; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return {
    rounds: Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    start: Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  };
}

/** FIPS 180-4. @param text of ASCII */
export function sha256(text: string): Uint32Array {
  const state = Uint32Array.from(constants.start);
  const blocks = (text.length + 9 + 63) >> 6;
  const words = new Uint32Array(blocks * 16);
  for (let at = 0; at < text.length; at++)
    words[at >> 2] = (words[at >> 2] ?? 0) | (text.charCodeAt(at) << (24 - (at & 3) * 8));
  words[text.length >> 2] = (words[text.length >> 2] ?? 0) | (0x80 << (24 - (text.length & 3) * 8));
  words[words.length - 1] = text.length * 8;
  for (let block = 0; block < blocks; block++) mix(state, words, block * 16);
  return state;
}

function mix(state: Uint32Array, words: Uint32Array, from: number): void {
  const w = schedule;
  for (let t = 0; t < 64; t++) {
    if (t < 16) {
      w[t] = words[from + t] ?? 0;
      continue;
    }
    const [a, b] = [w[t - 15] ?? 0, w[t - 2] ?? 0];
    const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[t] = (w[t - 16] ?? 0) + low + (w[t - 7] ?? 0) + high;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (constants.rounds[t] ?? 0) + (w[t] ?? 0)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
