import { expect, test } from 'vitest';
import { asker, mailboxKey } from './limits.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, whose) => expect(asker(address)).toBe(whose));

test('a mailbox is named whatever its letters’ case, and not readable', () => {
  expect(mailboxKey('Ann@Example.com')).toBe(mailboxKey('ann@example.com'));
  expect(mailboxKey('ann@example.com')).not.toContain('ann');
});
