import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { task } from '#platform/jobs/task.ts';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { cancelledPayload, changedPayload, describeServices, type ToldService } from './tell-seated.ts';

interface Reader {
  id: string;
  name: string;
  email: string;
}

/** Tells people seated at a service what became of it. Each change reaches each of them once, however often it runs. */
export const timelineTasks = [
  task({
    name: 'timeline.onChanged',
    on: 'timeline.changed',
    payload: changedPayload,
    run: ({ tenant }, { engagementId, services }) =>
      tenant(async (tx) => {
        const title = await titleOf(tx, engagementId);
        if (title === undefined) return;
        for (const { was, is, people } of services) {
          for (const reader of await readersOf(tx, people)) {
            await queueMessage(tx, {
              kind: 'service_changed',
              dedupeKey: `service_changed:${is.id}:${is.version}:${reader.id}`,
              to: { email: reader.email, name: reader.name, resourceId: reader.id },
              engagementId,
              variables: { ...describing(is, title, reader), 'service.changes': changesText(was, is) },
            });
          }
        }
      }),
  }),
  task({
    name: 'timeline.onCancelled',
    on: 'timeline.cancelled',
    payload: cancelledPayload,
    run: ({ tenant }, { engagementId, services }) =>
      tenant(async (tx) => {
        const cancelled = services.map(({ was: service, people }) => ({ service, people, news: `${service.version}` }));
        await tellCancelled(tx, engagementId, cancelled);
      }),
  }),
  task({
    name: 'timeline.onLost',
    on: 'engagements.lost',
    payload: z.object({
      engagementId: z.uuid(),
      decisionId: z.uuid(),
      seated: z.array(z.object({ scheduleItemId: z.uuid(), resourceId: z.uuid() })),
    }),
    run: ({ tenant }, { engagementId, decisionId, seated }) =>
      tenant(async (tx) => {
        const at = Map.groupBy(seated, ({ scheduleItemId }) => scheduleItemId);
        const services = (await describeServices(tx, [...at.keys()])).map((service) => ({
          service,
          people: (at.get(service.id) ?? []).map(({ resourceId }) => resourceId),
          news: decisionId,
        }));
        await tellCancelled(tx, engagementId, services);
      }),
  }),
];

/** @param cancelled `news` is what makes it this cancellation and no other of the service */
async function tellCancelled(
  tx: Tx,
  engagementId: string,
  cancelled: readonly { service: ToldService; people: readonly string[]; news: string }[],
): Promise<void> {
  const title = await titleOf(tx, engagementId);
  if (title === undefined) return;
  for (const { service, people, news } of cancelled) {
    for (const reader of await readersOf(tx, people)) {
      await queueMessage(tx, {
        kind: 'service_cancelled',
        dedupeKey: `service_cancelled:${service.id}:${news}:${reader.id}`,
        to: { email: reader.email, name: reader.name, resourceId: reader.id },
        engagementId,
        variables: describing(service, title, reader),
      });
    }
  }
}

/** Undefined when it was deleted meanwhile: then there is nothing left to tell of. */
async function titleOf(tx: Tx, engagementId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ title: string }>('select title from engagements where org_id = $1 and id = $2', [
    tx.scope.orgId,
    engagementId,
  ]);
  return row?.title;
}

/** Those who have an address. */
function readersOf(tx: Tx, people: readonly string[]): Promise<Reader[]> {
  return tx.query<Reader>(
    'select id, name, email from resources where org_id = $1 and id = any($2::uuid[]) and email is not null order by name, id',
    [tx.scope.orgId, people],
  );
}

function describing(service: ToldService, title: string, reader: Reader) {
  return {
    'person.name': reader.name,
    'engagement.title': title,
    'service.name': service.name,
    'service.when': spanText(service, service.zone),
    'service.place': service.place,
    'service.dress': service.dress,
  };
}

/** A line for each thing that is different. */
export function changesText(was: ToldService, is: ToldService): string {
  const lines = [];
  if (was.startsAt !== is.startsAt || was.endsAt !== is.endsAt)
    lines.push(`Time: ${spanText(is, is.zone)}; it was ${spanText(was, was.zone)}`);
  if (was.place !== is.place) lines.push(`Place: ${is.place || 'to be said'}; it was ${was.place || 'not said'}`);
  if (was.dress !== is.dress) lines.push(`Dress: ${is.dress || 'to be said'}; it was ${was.dress || 'not said'}`);
  return lines.join('\n');
}
