import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isProof, proofSeed, sha256, tryProofs } from './proof-rules.ts';

test('the hash is SHA-256', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abcXYZ019.-_'.split('')), maxLength: 300 }), (text) => {
      const bytes = Buffer.alloc(32);
      sha256(text).forEach((word, index) => bytes.writeUInt32BE(word, index * 4));
      expect(bytes.toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

test('a proof is for its token, and found in about as many tries as it should take', () => {
  let tries = 0;
  for (let round = 0; round < 20; round++) {
    const token = `token-${round}`;
    const proof = tryProofs(proofSeed(token), 0, 100_000, 8) ?? '';
    tries += parseInt(proof, 36) + 1;
    expect(isProof(token, proof, 8)).toBe(true);
    expect(isProof(`${token}x`, proof, 16)).toBe(false);
  }
  expect(tries / 20).toBeGreaterThan(80);
  expect(tries / 20).toBeLessThan(800);
});

test('what is no proof', () => {
  for (const proof of ['', '-1', '0'.repeat(13), 'É', '1 ', 'zz']) expect(isProof('token', proof)).toBe(false);
});
