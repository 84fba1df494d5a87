import * as z from 'zod';

/** When a notice is also mailed: at once, in one mail a day with what is unread, or not at all. */
export const mailTimes = ['now', 'daily', 'never'] as const;

const bell = z.registry<{ follows: readonly string[] }>();

/**
 * @param words as its reader finds it among their settings
 * @param follows tables whose change such a notice follows: the bell looks again when one of them changes
 */
const kind = (words: string, ...follows: readonly string[]) =>
  z.enum(mailTimes).describe(words).register(bell, { follows });

/** What members are told of, in the order of their settings. A new kind is one line here. */
const kinds = {
  promoted: kind('One of my holds moves up', 'claims'),
  challenged: kind('One of my holds is challenged', 'challenges'),
  challenge_waived: kind('A challenge is taken back', 'challenges'),
  released: kind('One of my holds or bookings is released', 'claims'),
  calls_filled: kind('All seats that I called for are filled', 'calls', 'cascades'),
  calls_exhausted: kind('Nobody is left to call for a seat', 'calls', 'cascades'),
  call_withdrawn: kind('Somebody who had accepted can’t come', 'calls'),
  call_asked: kind('Somebody has a question about my call', 'call_questions'),
  seat_reopened: kind('A seat that was filled is open again', 'calls', 'cascades'),
  task_assigned: kind('A task is assigned to me', 'tasks'),
  task_due: kind('One of my tasks is due soon', 'tasks'),
  advance_asked: kind('Somebody asks about an advance that I sent', 'advance_comments', 'advance_items'),
  follow_up_due: kind('One of my follow-ups is due today', 'follow_ups'),
  inquiry_new: kind('A new inquiry comes in', 'inquiries'),
  inquiry_assigned: kind('An inquiry is assigned to me', 'inquiries'),
  inquiry_answered: kind(
    'Somebody writes about an inquiry of theirs, or takes it back',
    'inquiry_messages',
    'inquiries',
  ),
  mentioned: kind('Somebody mentions me in a comment or a note', 'comments', 'notes'),
  file_refused: kind('A file that I uploaded is refused or infected', 'file_versions'),
};

export const preferences = z.strictObject(kinds);
export const noticeKinds = preferences.keyof().options;
export type NoticeKind = (typeof noticeKinds)[number];

export const wordsOf = (of: NoticeKind): string => kinds[of].description ?? '';

export const followedTables: readonly string[] = [
  ...new Set(Object.values(kinds).flatMap((each) => bell.get(each)?.follows ?? [])),
];
