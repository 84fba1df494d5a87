import * as z from 'zod';
import { task } from '#platform/jobs/task.ts';
import { tellReader } from './tell.ts';

/** Tells whoever uploaded a file that nobody gets it, and why. */
export const fileNotices = [
  task({
    name: 'notices.onFileRefused',
    on: 'files.refused',
    payload: z.object({
      versionId: z.uuid(),
      name: z.string(),
      engagementId: z.uuid().nullable(),
      by: z.string(),
      problem: z.string(),
      infected: z.boolean(),
    }),
    run: ({ tenant }, { versionId, name, engagementId, by, problem, infected }) =>
      tenant(async (tx) => {
        const userId = /^user:(.+)$/.exec(by)?.[1];
        if (!userId) return;
        const message = `Your file “${name}” ${infected ? 'is locked away' : 'was refused'}. ${problem}`;
        await tellReader(tx, {
          userId,
          kind: 'file_refused',
          message,
          engagementId,
          source: `file_refused:${versionId}`,
        });
      }),
  }),
];
