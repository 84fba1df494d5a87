import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountFault, isBankCode, masked, plainAccount } from './account-rules.ts';

/** Examples of the IBAN registry. */
const examples = [
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
  'FR1420041010050500013M02606',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
  'CH9300762011623852957',
];

test.each(examples)('accepts %s', (iban) => {
  expect(accountFault(iban)).toBeUndefined();
  expect(plainAccount(iban.toLowerCase().replace(/(.{4})/g, '$1 '))).toBe(iban);
});

test('finds every wrong character and every two that changed places', () => {
  const alphabet = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), fc.constantFrom(...alphabet), (iban, at, letter) => {
      const index = 2 + (at % (iban.length - 2));
      const wrong = iban.slice(0, index) + letter + iban.slice(index + 1);
      // A letter for a digit adds a digit to the number: the check digits are made for the same kind only.
      fc.pre(wrong !== iban && /\d/.test(letter) === /\d/.test(iban[index] ?? ''));
      expect(accountFault(wrong)).toMatch(/check digits/);
      const swapped = Array.from(iban);
      [swapped[index], swapped[index - 1]] = [iban[index - 1] ?? '', iban[index] ?? ''];
      fc.pre(index > 4 && swapped.join('') !== iban);
      expect(accountFault(swapped.join(''))).toMatch(/check digits|begins with/);
    }),
    { numRuns: 1_000 },
  );
});

test('says how long an IBAN of its country is', () => {
  expect(accountFault('DE8937040044053201300')).toBe('An IBAN that begins with DE has 22 characters; this one has 21.');
  expect(accountFault('DE89')).toMatch(/15 to 34/);
});

test.each(['12345678', '000-123-456', 'A1234'])('takes the account number %s as it is', (number) => {
  expect(accountFault(number)).toBeUndefined();
});

test.each(['', 'ABC', '12', 'none yet', 'x'.repeat(40)])('refuses %j', (text) => {
  expect(accountFault(plainAccount(text))).toBeDefined();
});

test('bank codes', () => {
  expect(['COBADEFF', 'COBADEFFXXX', '026009593', '601613'].every(isBankCode)).toBe(true);
  expect(['COBADE', 'COBADEFFXX', '12', 'bank'].some(isBankCode)).toBe(false);
});

test('a mask shows four characters of long numbers and nothing of the rest', () => {
  fc.assert(
    fc.property(fc.constantFrom('account', 'taxNumber', 'legalName', 'healthNote'), fc.string(), (field, value) => {
      const shown = masked(field, value).replace(/^•••• ?/, '');
      expect(shown.length).toBeLessThanOrEqual(4);
      expect(shown.length * 2).toBeLessThanOrEqual(value.length);
      if (!['account', 'taxNumber'].includes(field)) expect(shown).toBe('');
    }),
  );
  expect(masked('account', 'DE89370400440532013000')).toBe('•••• 3000');
});
