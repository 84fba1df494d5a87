import * as z from 'zod';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { task } from '#platform/jobs/task.ts';
import { queueMessage } from '#features/messaging/server/queue-message.ts';

/** The day's notices go out at the first full hour from this one on, by the organisation's clock. */
const digestHour = 7;

interface ToMail {
  id: string;
  userId: string;
  message: string;
}

interface Subject {
  engagementId: string | null;
  inquiryId: string | null;
  partyId: string | null;
}

export const mailTasks = [
  task({
    name: 'notices.mail',
    payload: z.object({ noticeId: z.uuid() }),
    async run({ services, tenant }, { noticeId }) {
      const [notice] = await tenant((tx) =>
        tx.query<ToMail & Subject & { orgId: string }>(
          `select n.org_id as "orgId", n.id, n.user_id as "userId", n.message, n.engagement_id as "engagementId",
                  n.inquiry_id as "inquiryId", f.party_id as "partyId"
             from notices n left join follow_ups f on f.org_id = n.org_id and f.id = n.follow_up_id
            where n.org_id = $1 and n.id = $2 and n.mailed_at is null`,
          [tx.scope.orgId, noticeId],
        ),
      );
      if (!notice) return;
      const [reader] = await readersOf(services.databases.control, notice.orgId, [notice.userId]);
      if (!reader) return;
      await tenant(async (tx) => {
        await queueMessage(tx, {
          kind: 'notice',
          dedupeKey: `notice:${notice.id}`,
          to: reader,
          engagementId: notice.engagementId ?? undefined,
          variables: { 'person.name': reader.name, 'notice.text': notice.message },
          link: `/o/${reader.slug}/${pathOf(notice)}`,
        });
        await markMailed(tx, [notice.id]);
      });
    },
  }),
  task({
    name: 'notices.digest',
    payload: z.object({}),
    cron: '0 * * * *',
    async run({ services, tenant }) {
      const waiting = await tenant((tx) =>
        tx.query<ToMail & { orgId: string }>(
          `select n.org_id as "orgId", n.id, n.user_id as "userId", n.message
             from notices n join notice_preferences p on p.org_id = n.org_id and p.user_id = n.user_id and p.kind = n.kind
            where n.org_id = $1 and p.mail = 'daily' and n.mailed_at is null and n.read_at is null
              and n.created_at > now() - interval '7 days'
            order by n.created_at, n.id limit 5000`,
          [tx.scope.orgId],
        ),
      );
      const orgId = waiting[0]?.orgId;
      if (!orgId) return;
      const byReader = Map.groupBy(waiting, ({ userId }) => userId);
      for (const reader of await readersOf(services.databases.control, orgId, [...byReader.keys()])) {
        const { date, hour } = localTime(new Date(), reader.zone);
        if (hour < digestHour) return;
        const own = byReader.get(reader.userId) ?? [];
        await tenant(async (tx) => {
          const queued = await queueMessage(tx, {
            kind: 'digest',
            // One a day: what comes later waits for tomorrow.
            dedupeKey: `digest:${reader.userId}:${date}`,
            to: reader,
            variables: {
              'person.name': reader.name,
              'digest.count': String(own.length),
              'digest.notices': own.map(({ message }) => message).join('\n'),
            },
            link: `/o/${reader.slug}/board`,
          });
          if (queued)
            await markMailed(
              tx,
              own.map(({ id }) => id),
            );
        });
      }
    },
  }),
];

/** Of the page that it is about. */
function pathOf({ engagementId, inquiryId, partyId }: Subject): string {
  if (engagementId) return `engagements/${engagementId}`;
  if (inquiryId) return `inquiries/${inquiryId}`;
  return partyId ? `contacts/${partyId}` : 'board';
}

function markMailed(tx: Tx, ids: readonly string[]) {
  return tx.query('update notices set mailed_at = now() where org_id = $1 and id = any($2::uuid[])', [
    tx.scope.orgId,
    ids,
  ]);
}

/** Of those who still belong to the organisation. */
function readersOf(control: Databases['control'], orgId: string, userIds: readonly string[]) {
  return control
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .innerJoin('organisations as o', 'o.id', 'm.organisation_id')
    .select(['u.id as userId', 'u.name', 'u.email', 'o.slug', 'o.zone'])
    .where('m.organisation_id', '=', orgId)
    .where('u.id', 'in', [...userIds])
    .execute();
}

function localTime(now: Date, zone: string): { date: string; hour: number } {
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' } as const;
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', options).format(now).split(' ');
  return { date, hour: Number(time.slice(0, 2)) };
}
