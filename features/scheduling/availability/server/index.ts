import { withTenant } from '#platform/db/tenant.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
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
import { readFeed } from './feed.ts';
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
    getHours: ({ tx }, { params }) => getHours(tx, params.id),
    async setHours({ tx }, { params, body }) {
      await setHours(tx, params.id, body.hours);
      return getHours(tx, params.id);
    },
    listTimeOff: ({ tx }, { query }) => listTimeOff(tx, query),
    addTimeOff: async ({ tx }, { body }) => getTimeOff(tx, await addTimeOff(tx, body)),
    async removeTimeOff({ tx }, { params }) {
      await removeTimeOff(tx, params.id);
      return undefined;
    },
    listCalendars: ({ tx }, { params }) => listCalendars(tx, params.id),
    async addCalendar(context, { params, body }) {
      const source: CalendarSource = { url: body.url ? normalUrl(body.url) : null, content: body.content ?? null };
      // A transaction of its own: no connection is held while a slow server answers.
      const zone = await apart(context)((tx) => requireResource(tx, params.id));
      const read = await loadCalendar(source, zone, context.scope.now);
      return getCalendar(context.tx, await insertCalendar(context.tx, params.id, body.name, source, read));
    },
    async refreshCalendar(context, { params }) {
      await refreshCalendar(apart(context), params.id, context.scope.now);
      return getCalendar(context.tx, params.id);
    },
    async removeCalendar({ tx }, { params }) {
      await removeCalendar(tx, params.id);
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
    readFeed,
  },
  availabilityTasks,
);

/** Transactions before and beside the route's own, in the same scope. */
function apart({ services, scope }: OrgContext): InTenant {
  return (work) => withTenant(services.databases, scope, work);
}
