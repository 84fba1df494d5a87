import * as z from 'zod';
import { task, type Task } from '#platform/jobs/task.ts';
import type { NoticeKind } from '../kinds.ts';
import { tellActor } from './tell.ts';

const news = z.object({
  startedBy: z.string(),
  engagementId: z.uuid(),
  engagement: z.string(),
  need: z.string(),
  person: z.string().default(''),
  source: z.string(),
});
type News = z.output<typeof news>;

/** Tells whoever started calls what became of them. */
function callNotice(name: string, on: string, kind: NoticeKind, words: (about: News) => string): Task {
  return task({
    name,
    on,
    payload: news,
    run: ({ tenant }, about) =>
      tenant((tx) =>
        tellActor(tx, about.startedBy, {
          kind,
          message: words(about),
          engagementId: about.engagementId,
          source: `${kind}:${about.source}`,
        }),
      ),
  });
}

export const callNoticeTasks = [
  callNotice(
    'notices.onCallsFilled',
    'calls.filled',
    'calls_filled',
    ({ need, engagement }) => `Every seat is filled: ${need}, ${engagement}.`,
  ),
  callNotice(
    'notices.onCallsExhausted',
    'calls.exhausted',
    'calls_exhausted',
    ({ need, engagement }) =>
      `Nobody is left to call for ${need}, ${engagement}, and seats are still open. Add people to the round, or start another.`,
  ),
  callNotice(
    'notices.onCallWithdrawn',
    'calls.withdrawn',
    'call_withdrawn',
    ({ person, need, engagement }) => `${person} can’t come after all: ${need}, ${engagement}. The seat is open again.`,
  ),
  callNotice(
    'notices.onCallAsked',
    'calls.asked',
    'call_asked',
    ({ person, need, engagement }) => `${person} has a question about the call for ${need}, ${engagement}.`,
  ),
  callNotice(
    'notices.onSeatReopened',
    'calls.reopened',
    'seat_reopened',
    ({ need, engagement }) =>
      `A seat is open again: ${need}, ${engagement}. Nobody is being called for it; start calls if it is to be filled.`,
  ),
];
