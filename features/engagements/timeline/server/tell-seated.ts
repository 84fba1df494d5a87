import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { publish } from '#platform/jobs/task.ts';
import type { SeatedPerson } from '#features/calls/needs/server/service-seats.ts';
import { itemName } from '../item-kinds.ts';

/** A service as people are told of it. */
export const toldService = z.object({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  zone: z.string(),
  place: z.string(),
  dress: z.string(),
});
export type ToldService = z.output<typeof toldService>;

const people = z.array(z.uuid()).describe('Who was seated there.');

export const changedPayload = z.object({
  engagementId: z.uuid(),
  services: z.array(z.object({ was: toldService, is: toldService, people })),
});

export const cancelledPayload = z.object({
  engagementId: z.uuid(),
  services: z.array(z.object({ was: toldService, people })),
});

/** Those of the items that are services. */
export async function describeServices(tx: Tx, ids: readonly string[]): Promise<ToldService[]> {
  const rows = await tx.query<Omit<ToldService, 'name'> & { kind: string; title: string }>(
    `select i.id, i.version, i.kind, i.title, iso(i.starts_at) as "startsAt", iso(i.ends_at) as "endsAt", i.zone,
            coalesce(p.name, '') as place, i.dress
       from schedule_items i
       join engagements e on e.org_id = i.org_id and e.id = i.engagement_id
       left join resources p on p.org_id = i.org_id and p.id = coalesce(i.place_id, e.place_id)
      where i.org_id = $1 and i.id = any($2::uuid[]) and i.service order by i.starts_at, i.id`,
    [tx.scope.orgId, ids],
  );
  return rows.map(({ kind, title, ...row }) => ({ ...row, name: itemName({ kind, title }) }));
}

/** Whether anybody must hear of it: another time, place or dress of what isn't over. */
export function concerns(was: ToldService, is: ToldService, now: Date): boolean {
  const over = [was, is].every(({ endsAt }) => endsAt <= now.toISOString());
  const same = (['startsAt', 'endsAt', 'place', 'dress'] as const).every((field) => was[field] === is[field]);
  return !over && !same;
}

/** Publishes what changed of services since `was` was looked at. */
export async function tellChanged(
  tx: Tx,
  engagementId: string,
  was: readonly ToldService[],
  seated: readonly SeatedPerson[],
): Promise<void> {
  const now = new Map((await describeServices(tx, idsOf(was))).map((service) => [service.id, service]));
  const services = was.flatMap((before) => {
    const is = now.get(before.id);
    return is && concerns(before, is, tx.scope.now) ? [{ was: before, is, people: peopleAt(seated, before.id) }] : [];
  });
  if (services.length > 0) await publish(tx, 'timeline.changed', { engagementId, services });
}

/** Publishes that services don't take place. What is over can't be cancelled for anybody. */
export async function tellCancelled(
  tx: Tx,
  engagementId: string,
  was: readonly ToldService[],
  seated: readonly SeatedPerson[],
): Promise<void> {
  const services = was
    .filter(({ endsAt }) => endsAt > tx.scope.now.toISOString())
    .map((before) => ({ was: before, people: peopleAt(seated, before.id) }));
  if (services.length > 0) await publish(tx, 'timeline.cancelled', { engagementId, services });
}

function idsOf(services: readonly ToldService[]): string[] {
  return services.map(({ id }) => id);
}

function peopleAt(seated: readonly SeatedPerson[], itemId: string): string[] {
  return seated.filter(({ scheduleItemId }) => scheduleItemId === itemId).map(({ resourceId }) => resourceId);
}
