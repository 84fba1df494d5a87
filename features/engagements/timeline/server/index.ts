import { feature } from '#platform/http/feature.ts';
import { timeline } from '../contract.ts';
import { changeItem, copyItem, createItem, removeItem, shiftItems } from './commands.ts';
import { findClashes } from './clashes.ts';
import { timelineTasks } from './jobs.ts';
import { applySchedule, schedules } from './templates.ts';
import { getItem, getItems, listItems } from './queries.ts';

export const timelineFeature = feature(
  timeline,
  {
    list: ({ tx, own }, { params, query }) => listItems(tx, params.id, query, own),
    listClashes: async ({ tx, caller }, { params }) => ({
      items: await findClashes(tx, params.id, caller.can('claims.read') && caller.can('engagements.read')),
    }),
    check: async ({ tx, caller }, { params, body }) => ({
      items: await findClashes(tx, params.id, caller.can('claims.read') && caller.can('engagements.read'), body.items),
    }),
    create: async ({ tx }, { params, body }) => getItem(tx, await createItem(tx, params.id, body)),
    async change({ tx }, { params, body }) {
      await changeItem(tx, params.id, body);
      return getItem(tx, params.id);
    },
    async remove({ tx }, { params }) {
      await removeItem(tx, params.id);
      return undefined;
    },
    shift: async ({ tx }, { params, body }) => ({ items: await getItems(tx, await shiftItems(tx, params.id, body)) }),
    listTemplates: ({ tx, caller }) => schedules.list(tx, caller.organisation.packs),
    createTemplate: ({ tx }, { body }) => schedules.create(tx, body),
    setTemplate: ({ tx }, { params, body }) => schedules.set(tx, params.key, body),
    removeTemplate: ({ tx }, { params }) => schedules.remove(tx, params.key).then(() => undefined),
    applyTemplate: async ({ tx }, { params, body }) => ({
      items: await getItems(tx, await applySchedule(tx, params.id, body)),
    }),
    copy: async ({ tx }, { params, body }) => ({ items: await getItems(tx, await copyItem(tx, params.id, body.days)) }),
  },
  timelineTasks,
);
