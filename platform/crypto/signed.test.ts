import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSigned, sign, type Bound } from './signed.ts';

const secret = 'a secret of the installation, long enough';
const word = fc.string({ unit: fc.constantFrom('a', 'b', '0', '-', '\n', '"', ','), maxLength: 6 });
const bounds = fc.tuple(word, word);

test('parts come back as they were signed, and for nothing else', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), bounds, bounds, (parts, bound, other) => {
      const token = sign(secret, bound, parts);
      expect(readSigned(secret, bound, token)).toEqual(parts);
      expect(readSigned(`${secret}!`, bound, token)).toBeNull();
      if (JSON.stringify(other) !== JSON.stringify(bound)) expect(readSigned(secret, other, token)).toBeNull();
      const longer: Bound = [...bound, ''];
      expect(readSigned(secret, longer, token)).toBeNull();
    }),
  );
});

test('no change of a link is taken for ours', () => {
  const bound: Bound = ['call', 'org'];
  const token = sign(secret, bound, ['id', 1]);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom('a', 'A', '2', '.', '-', 'é', ''), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      if (changed !== token) expect(readSigned(secret, bound, changed)).toBeNull();
    }),
  );
  for (const foreign of ['', '.', '..', 'id.1', `${token}.`, `.${token}`])
    expect(readSigned(secret, bound, foreign)).toBeNull();
});
