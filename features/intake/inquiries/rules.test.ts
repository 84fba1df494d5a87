import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  inquiryStates,
  isOpen,
  phoneDigits,
  releases,
  stepFrom,
  titleOf,
  type InquiryState,
  type Step,
} from './rules.ts';

const everyStep = ['review', 'hold', 'unheld', 'approve', 'decline', 'reopen', 'withdraw', 'spam', 'notSpam'] as const;

test('whatever is done in whatever order: an approval is final, and so is what its sender takes back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('new' as const, 'spam' as const),
      fc.array(fc.constantFrom<Step>(...everyStep)),
      (begins, steps) => {
        let state: InquiryState = begins;
        for (const step of steps) {
          const next = stepFrom(state, step);
          if (state === 'approved' || state === 'withdrawn') expect(next).toBeUndefined();
          // Nothing is held for what looks like spam, or was decided against, before somebody has looked again.
          if (next === 'hold' || next === 'approved') expect(isOpen(state)).toBe(true);
          state = next ?? state;
        }
      },
    ),
  );
});

test('of two decisions about one inquiry, only the first can be taken', () => {
  const deciding = ['approve', 'decline', 'withdraw', 'spam'] as const;
  for (const first of deciding) {
    for (const second of deciding) {
      const decided = stepFrom('review', first) ?? 'review';
      // Their sender doesn’t learn of the filter, and may take it back.
      const mayFollow = first === 'spam' && second === 'withdraw';
      expect(stepFrom(decided, second) !== undefined).toBe(mayFollow);
    }
  }
});

test('times are let go with every end but an approval', () => {
  expect(inquiryStates.filter(releases)).toEqual(['declined', 'withdrawn', 'spam']);
});

test('a title is there and one line, whatever was sent', () => {
  const maybe = fc.option(fc.string());
  fc.assert(
    fc.property(fc.record({ title: maybe, company: maybe, contactName: maybe, email: maybe }), (meaning) => {
      const title = titleOf(meaning, 'Booking request');
      expect(title.length).toBeLessThanOrEqual(300);
      expect(title).not.toMatch(/\p{Cc}/u);
    }),
  );
  expect(titleOf({ title: ' ', company: 'Elbe Records', contactName: 'Ann', email: null }, 'x')).toBe('Elbe Records');
  expect(titleOf({ title: null, company: null, contactName: null, email: null }, 'Request')).toBe('Request');
});

test('one number written in several ways is one number', () => {
  expect(phoneDigits('+49 40 123 45 67')).toBe(phoneDigits('040/1234567'));
  expect(phoneDigits('12')).toBeUndefined();
  expect(phoneDigits(null)).toBeUndefined();
});
