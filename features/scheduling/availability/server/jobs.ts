import * as z from 'zod';
import { AppError } from '#platform/contract/errors.ts';
import { enqueue, task } from '#platform/jobs/task.ts';
import { refreshCalendar } from './calendars.ts';

/** Spread over most of the hour, so that a thousand calendars of one provider don't ask at once. */
const spreadMs = 50 * 60_000;

export const availabilityTasks = [
  task({
    name: 'availability.refreshCalendars',
    payload: z.object({}),
    cron: '3 * * * *',
    run: ({ tenant }) =>
      tenant(async (tx) => {
        // Addresses every hour; files once a week, since what is known of a repetition ends 18 months ahead.
        const due = await tx.query<{ id: string }>(
          `select id from calendars where org_id = $1 and (url is not null or refreshed_at < $2::timestamptz - interval '7 days')`,
          [tx.scope.orgId, tx.scope.now],
        );
        for (const { id } of due) {
          const runAt = new Date(tx.scope.now.getTime() + Math.random() * spreadMs).toISOString();
          await enqueue(tx, 'availability.refreshCalendar', { calendarId: id }, { key: `calendar:${id}`, runAt });
        }
      }),
  }),
  task({
    name: 'availability.refreshCalendar',
    payload: z.object({ calendarId: z.uuid() }),
    async run({ tenant, signal }, { calendarId }) {
      try {
        await refreshCalendar(tenant, calendarId, new Date(), signal);
      } catch (error) {
        // Noted on the calendar, or the calendar is gone: the next hour tries again, and this job is done.
        if (!(error instanceof AppError)) throw error;
      }
    },
  }),
];
