import { withTenant } from '#platform/db/tenant.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { requireOwnResource } from '#features/scheduling/resources/server/queries.ts';
import { availability } from '../contract.ts';
import {
  insertCalendar,
  loadCalendar,
  normalUrl,
  refreshCalendar,
  type CalendarSource,
  type InTenant,
} from './calendars.ts';
import { addTimeOff, createFeed, removeCalendar, removeTimeOff, revokeFeed, setHours } from './commands.ts';
import { availabilityTasks } from './jobs.ts';
import {
  getCalendar,
  getHours,
  getTimeOff,
  listCalendars,
  listFeeds,
  listTimeOff,
  requireResource,
} from './queries.ts';

export const availabilityFeature = feature(
  availability,
  {
    async getHours({ tx, own }, { params }) {
      await requireOwnResource(tx, params.id, own);
      return getHours(tx, params.id);
    },
    async setHours({ tx, own }, { params, body }) {
      await requireOwnResource(tx, params.id, own);
      await setHours(tx, params.id, body.hours);
      return getHours(tx, params.id);
    },
    listTimeOff: ({ tx, own }, { query }) => listTimeOff(tx, query, own),
    async addTimeOff({ tx, own }, { body }) {
      await requireOwnResource(tx, body.resourceId, own);
      return getTimeOff(tx, await addTimeOff(tx, body));
    },
    async removeTimeOff({ tx, own }, { params }) {
      if (own) await requireOwnResource(tx, (await getTimeOff(tx, params.id)).resourceId, own);
      await removeTimeOff(tx, params.id);
      return undefined;
    },
    async listCalendars({ tx, own }, { params }) {
      await requireOwnResource(tx, params.id, own);
      return listCalendars(tx, params.id);
    },
    async addCalendar(context, { params, body }) {
      if (context.own) await apart(context)((tx) => requireOwnResource(tx, params.id, context.own));
      const source: CalendarSource = { url: body.url ? normalUrl(body.url) : null, content: body.content ?? null };
      // A transaction of its own: no connection is held while a slow server answers.
      const zone = await apart(context)((tx) => requireResource(tx, params.id));
      const read = await loadCalendar(source, zone, context.scope.now);
      return getCalendar(context.tx, await insertCalendar(context.tx, params.id, body.name, source, read));
    },
    async refreshCalendar(context, { params }) {
      await requireOwnCalendar(context, params.id);
      await refreshCalendar(apart(context), params.id, context.scope.now);
      return getCalendar(context.tx, params.id);
    },
    async removeCalendar(context, { params }) {
      await requireOwnCalendar(context, params.id);
      await removeCalendar(context.tx, params.id);
      return undefined;
    },
    listFeeds: ({ tx }) => listFeeds(tx),
    async createFeed({ tx, scope, services }, { body }) {
      const { feed, token } = await createFeed(tx, body);
      return { feed, url: `${services.config.origin}/api/v1/feeds/${scope.orgId}/${token}.ics` };
    },
    async revokeFeed({ tx }, { params }) {
      await revokeFeed(tx, params.id);
      return undefined;
    },
  },
  availabilityTasks,
);

async function requireOwnCalendar(context: OrgContext, id: string): Promise<void> {
  const { own } = context;
  if (own) await apart(context)(async (tx) => requireOwnResource(tx, (await getCalendar(tx, id)).resourceId, own));
}

/** Transactions before and beside the route's own, in the same scope. */
function apart({ services, scope }: OrgContext): InTenant {
  return (work) => withTenant(services.databases, scope, work);
}
