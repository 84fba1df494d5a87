import type { Tx } from '#platform/db/tenant.ts';
import { task } from '#platform/jobs/task.ts';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { spanText } from '#features/scheduling/claims/rules.ts';
import { cancelledPayload, changedPayload, type ToldService } from './tell-seated.ts';

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
        const title = await titleOf(tx, engagementId);
        if (title === undefined) return;
        for (const { was, people } of services) {
          for (const reader of await readersOf(tx, people)) {
            await queueMessage(tx, {
              kind: 'service_cancelled',
              dedupeKey: `service_cancelled:${was.id}:${was.version}:${reader.id}`,
              to: { email: reader.email, name: reader.name, resourceId: reader.id },
              engagementId,
              variables: describing(was, title, reader),
            });
          }
        }
      }),
  }),
];

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
