import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isProof, proofSeed, tryProofs } from './proof-rules.ts';

test('a proof is what everybody’s SHA-256 says it is', () => {
  const proof = tryProofs(proofSeed('token'), 0, 100_000, 8) ?? '';
  const hash = createHash('sha256')
    .update(proofSeed('token') + proof)
    .digest();
  expect(hash[0]).toBe(0);
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-z]{1,12}$/), (tried) => {
      const zero =
        createHash('sha256')
          .update(proofSeed('token') + tried)
          .digest()[0] === 0;
      expect(isProof('token', tried, 8)).toBe(zero);
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
