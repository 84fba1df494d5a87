import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { insertRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { addServiceSeats } from '#features/calls/needs/server/service-seats.ts';
import { TemplateStore } from '#features/engagements/server/template-store.ts';
import { isService } from '../item-kinds.ts';
import type { ScheduleTemplate } from '../template-fields.ts';
import { timesOn } from '../template-rules.ts';
import { builtInSchedules } from '../templates/built-in-rules.ts';
import { requireRoom } from './commands.ts';
import { itemShape } from './queries.ts';

export const schedules = new TemplateStore<Pick<ScheduleTemplate, 'pack' | 'name' | 'items'>>({
  table: 'timeline_templates',
  builtIn: builtInSchedules,
  columns: ['items'],
  called: 'This schedule',
});

interface Applying {
  key: string;
  day: string;
  /** Null: all of it. */
  itemIds: readonly string[] | null;
}

/**
 * Puts a template’s items on the schedule, from a day on; what was made from it for that day already stays as it is.
 * @returns the ids of what is new
 * @throws AppError not_found, invalid_input, limit_reached
 */
export async function applySchedule(tx: Tx, engagementId: string, { key, day, itemIds }: Applying): Promise<string[]> {
  const template = await schedules.get(tx, key).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found')
      throw invalid('key', 'There is no schedule with this key.');
    throw error;
  });
  const wanted = template.items.filter(({ id }) => itemIds === null || itemIds.includes(id));
  await requireRoom(tx, engagementId, 0);
  const [[engagement], there] = await Promise.all([
    tx.query<{ zone: string }>('select zone from engagements where org_id = $1 and id = $2', [
      tx.scope.orgId,
      engagementId,
    ]),
    tx.query<{ item: string }>(
      `select template_item as item from schedule_items
        where org_id = $1 and engagement_id = $2 and template_key = $3 and template_day = $4`,
      [tx.scope.orgId, engagementId, key, day],
    ),
  ]);
  if (!engagement) throw notFound('This engagement');
  const { zone } = engagement;
  const known = new Set(there.map(({ item }) => item));
  const made = wanted
    .filter(({ id }) => !known.has(id))
    .map((item) => ({
      values: { ...item, ...timesOn(item, day, zone), id: uuidv7(), placeId: null, personIds: [], dress: '' },
      extra: { engagement_id: engagementId, zone, template_key: key, template_item: item.id, template_day: day },
    }));
  await requireRoom(tx, engagementId, made.length);
  await Promise.all(made.map(({ values, extra }) => insertRow(tx, itemShape, values, extra)));
  const services = made.filter(({ values }) => isService(values.kind)).map(({ values }) => values.id);
  if (services.length > 0) await addServiceSeats(tx, engagementId, services);
  return made.map(({ values }) => values.id);
}
