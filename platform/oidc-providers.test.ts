import { expect, test } from 'vitest';
import { readOidcProviders } from './oidc-providers.ts';

const one = { id: 'corp', name: 'Corp', issuer: 'https://id.example', clientId: 'holdfast', clientSecret: 'hush-hush' };
const read = (...list: unknown[]) => readOidcProviders(JSON.stringify(list));

test('absent or empty: none; otherwise with what is usual', () => {
  expect(readOidcProviders(undefined)).toEqual([]);
  expect(read(one)).toEqual([{ ...one, scopes: 'openid email profile', trustEmail: false }]);
  expect(read({ ...one, issuer: 'http://localhost:4000' })).toHaveLength(1);
});

test.each([
  ['not JSON', 'x'],
  ['no list', '{}'],
  ['plain HTTP elsewhere', JSON.stringify([{ ...one, issuer: 'http://id.example' }])],
  ['twice one id', JSON.stringify([one, one])],
  ['an unknown setting', JSON.stringify([{ ...one, trustMail: true }])],
  ['no secret', JSON.stringify([{ ...one, clientSecret: undefined }])],
])('%s is refused without telling secrets', (_, text) => {
  expect(() => readOidcProviders(text)).toThrow(/^HOLDFAST_OIDC must be a JSON list of providers:/);
  expect(() => readOidcProviders(text)).not.toThrow(/hush-hush/);
});
