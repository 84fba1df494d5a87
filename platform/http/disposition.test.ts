import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disposition } from './disposition.ts';

test('a name comes in full, and in plain letters for old programs', () => {
  expect(disposition('inline', 'Day sheet – Åsa.pdf')).toBe(
    `inline; filename="Day sheet _ Asa.pdf"; filename*=UTF-8''Day%20sheet%20%E2%80%93%20%C3%85sa.pdf`,
  );
  expect(disposition('attachment', '../..\\"a"\r\nSet-Cookie: x.pdf')).toBe(
    `attachment; filename="a Set-Cookie x.pdf"; filename*=UTF-8''a%20Set-Cookie%20x.pdf`,
  );
});

test('whatever the name, the header is one line of plain letters with two names', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(disposition('attachment', name)).toMatch(
        /^attachment; filename="[ !#$&-.0-[\]-~]*"; filename\*=UTF-8''[\w.~!%-]*$/,
      );
    }),
  );
});
