import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { advanceCascade, dueCascades } from './advance.ts';
import { passOverUnreachable } from './call-steering.ts';
import { enqueueAdvance } from './carry-out.ts';
import { openCallsOf, tellReopened } from './outside-news.ts';

export const callTasks = [
  task({
    name: 'calls.advance',
    payload: z.object({ cascadeId: z.uuid() }),
    run: ({ tenant, services }, { cascadeId }) => tenant((tx) => advanceCascade(tx, cascadeId, services.config.secret)),
  }),
  // An organisation that was restored or moved has no jobs, only times that have passed.
  task({
    name: 'calls.sweep',
    payload: z.object({}),
    cron: '* * * * *',
    async run({ tenant }) {
      for (const { id } of await tenant(dueCascades)) await tenant((tx) => enqueueAdvance(tx, id));
    },
  }),
  // One transaction for each: none ever holds the keys of two rounds.
  task({
    name: 'calls.wake',
    payload: z.object({ cascadeIds: z.array(z.uuid()) }),
    async run({ tenant }, { cascadeIds }) {
      for (const id of cascadeIds) await tenant((tx) => enqueueAdvance(tx, id));
    },
  }),
  task({
    name: 'calls.onBounced',
    on: 'messages.bounced',
    payload: z.object({ kind: z.string(), resourceId: z.uuid().nullable() }),
    async run({ tenant, services }, { kind, resourceId }) {
      if (resourceId === null || !['call', 'call_changed', 'call_reminder'].includes(kind)) return;
      for (const { id } of await tenant((tx) => openCallsOf(tx, resourceId)))
        await tenant((tx) => passOverUnreachable(tx, id, services.config.secret));
    },
  }),
  task({
    name: 'calls.onReleased',
    on: 'claims.released',
    payload: z.object({
      released: z.array(z.object({ claimId: z.uuid(), engagementId: z.uuid().nullable(), status: z.string() })),
    }),
    run: ({ tenant }, { released }) =>
      tenant(async (tx) => {
        const booked = released.filter(({ status }) => status === 'commit');
        const engagements = new Set(booked.flatMap(({ engagementId }) => engagementId ?? []));
        for (const engagementId of engagements) await tellReopened(tx, engagementId, booked[0]?.claimId ?? '');
      }),
  }),
];
