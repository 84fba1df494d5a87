import * as z from 'zod';
import { cascade } from '../cascade-contract.ts';

/** Of the answer: as long as the contract allows, in words that go with any unit. */
const timeToAnswer = z
  .int()
  .min(5, { error: 'Give at least 5 minutes.' })
  .max(43_200, { error: 'Give at most 30 days.' });

/** What the form of a round of calls asks for. */
export const settingsShape = z
  .object({
    ...cascade.fields,
    deadlineMinutes: timeToAnswer.default(1_440),
    lateDeadlineMinutes: timeToAnswer.default(120),
  })
  .refine(
    ({ reminderMinutes, deadlineMinutes }) =>
      reminderMinutes === null || deadlineMinutes < 5 || reminderMinutes < deadlineMinutes,
    {
      error: 'A reminder must leave before the deadline: choose less time than there is to answer.',
      path: ['reminderMinutes'],
    },
  );
export type CallSettings = z.output<typeof settingsShape>;

/** The fee and the message belong to one engagement; the rest is how one likes to call. */
const kept = z.object(cascade.fields).omit({ feeMinor: true, feeCurrency: true, message: true }).partial();

const key = 'holdfast.calls';

/** How calls were made last on this device; nothing where that can’t be read. */
export function lastSettings(): Partial<CallSettings> {
  try {
    const read = kept.safeParse(JSON.parse(localStorage.getItem(key) ?? '{}'));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}

export function rememberSettings(settings: CallSettings): void {
  localStorage.setItem(key, JSON.stringify(kept.parse(settings)));
}

/** Who may not see fees must not send any. */
export function withoutFee({ feeMinor: _minor, feeCurrency: _currency, ...rest }: CallSettings) {
  return rest;
}

/** Minutes from midnight as an input of the kind `time` has them. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The other way; null while it is incomplete. */
export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}
