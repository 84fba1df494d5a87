import * as z from 'zod';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { task } from '#platform/jobs/task.ts';

interface Told {
  id: string;
  name: string;
  email: string;
  plus: number;
  pickup: string;
  engagementId: string;
  title: string;
  startsAt: string;
  endsAt: string;
  zone: string;
  place: string | null;
}

export const guestJobs = [
  task({
    name: 'guests.tell',
    payload: z.object({ guestIds: z.array(z.uuid()) }),
    run: ({ tenant }, { guestIds }) =>
      tenant(async (tx) => {
        const told = await tx.query<Told>(
          `select g.id, trim(g.first_name || ' ' || g.last_name) as name, g.email, g.plus,
                  coalesce(nullif(g.pickup, ''), nullif(l.pickup, ''), 'At the door') as pickup,
                  e.id as "engagementId", e.title, iso(e.starts_at) as "startsAt", iso(e.ends_at) as "endsAt", e.zone,
                  p.name as place
             from guests g
             join guest_lists l on l.org_id = g.org_id and l.id = g.engagement_id and l.tell_guests
             join engagements e on e.org_id = g.org_id and e.id = g.engagement_id
             left join resources p on p.org_id = e.org_id and p.id = e.place_id
            where g.org_id = $1 and g.id = any($2::uuid[]) and g.state = 'approved' and g.email is not null
            order by g.id`,
          [tx.scope.orgId, guestIds],
        );
        for (const guest of told) {
          await queueMessage(tx, {
            kind: 'guest_approved',
            // Approved again after all, they know it already.
            dedupeKey: `guest_approved:${guest.id}`,
            to: { email: guest.email, name: guest.name },
            engagementId: guest.engagementId,
            variables: {
              'person.name': guest.name,
              'guest.places': guest.plus === 0 ? 'for you' : `for you and ${guest.plus} more`,
              'guest.pickup': guest.pickup,
              'engagement.title': guest.title,
              'engagement.time': spanText(guest, guest.zone),
              'engagement.place': guest.place ?? 'the venue',
            },
          });
        }
      }),
  }),
];
