import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { decideChallenge, expireClaim } from './challenges.ts';

export const claimTasks = [
  task({
    name: 'claims.expire',
    payload: z.object({ claimId: z.uuid() }),
    run: ({ tenant }, { claimId }) => tenant((tx) => expireClaim(tx, claimId)),
  }),
  task({
    name: 'claims.decideChallenge',
    payload: z.object({ challengeId: z.uuid() }),
    run: ({ tenant }, { challengeId }) => tenant((tx) => decideChallenge(tx, challengeId)),
  }),
];
