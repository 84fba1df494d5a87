import { expect, test } from 'vitest';
import { urlOf } from '#platform/client/client.ts';
import { forms } from '../../contract.ts';
import { addresses } from './public-api.ts';

test('the public page asks where the contract says', () => {
  const params = { org: 'test', slug: 'event-request' };
  for (const name of ['read', 'submit', 'addFile'] as const)
    expect(addresses[name](params)).toBe(urlOf(forms.routes[name], { params }));
});
