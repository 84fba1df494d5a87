import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { linkAccepted } from './accept.ts';

/** Finishes an acceptance that stopped between the two databases. */
const link = task({
  name: 'invitations.link',
  payload: z.object({ invitationId: z.uuid() }),
  run: ({ services, tenant }, { invitationId }) => linkAccepted(services, tenant, invitationId),
});

export const invitationTasks = [link];
