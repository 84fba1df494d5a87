import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';

interface ServiceTime {
  id: string;
  startsAt: string;
  endsAt: string;
}

/**
 * Whether a move would ask somebody for two things at one time: an open call goes with its service. The database
 * refuses it as well; asked here, the answer has names.
 * @param services at their new times, all that move
 * @throws AppError called_twice
 */
export async function requireNotCalledTwice(tx: Tx, services: readonly ServiceTime[]): Promise<void> {
  const met = await tx.query<{ name: string; title: string }>(
    `select distinct p.name, e.title
       from json_to_recordset($2::json) as t(id uuid, "startsAt" timestamptz, "endsAt" timestamptz)
       join call_services asked on asked.org_id = $1 and asked.schedule_item_id = t.id and asked.open
       join call_services other on other.org_id = $1 and other.resource_id = asked.resource_id and other.open
        and lower(other.span) < t."endsAt" and upper(other.span) > t."startsAt" and other.schedule_item_id <> all($3::uuid[])
       join resources p on p.org_id = $1 and p.id = asked.resource_id
       join engagements e on e.org_id = $1 and e.id = other.engagement_id
      order by p.name, e.title`,
    [tx.scope.orgId, JSON.stringify(services), services.map(({ id }) => id)],
  );
  const [first] = met;
  if (!first) return;
  const more = met.length > 1 ? ` So are ${met.length - 1} more.` : '';
  throw new AppError('called_twice', {
    message: `${first.name} is asked for ${first.title} at that time.${more} Take one of the calls back first, or choose another time.`,
    extra: { called: met },
  });
}
