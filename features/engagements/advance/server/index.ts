import { feature, type OrgContext } from '#platform/http/feature.ts';
import { advance } from '../contract.ts';
import { answerItem, commentOn, markItem, type Voice } from './answering.ts';
import { addItem, applyTemplate, changeItem, copyItems, removeItem, setSettings } from './commands.ts';
import { advanceJobs } from './jobs.ts';
import { moveItem } from './order.ts';
import { getAdvance, getItem, getLink, getProgress, getSettings } from './queries.ts';
import { revokeLink, sendAgain, sendLink } from './sending.ts';
import { checklists } from './templates.ts';

const us: Voice = { side: 'us' };
const shown = ({ tx, services }: OrgContext, id: string) => getItem(tx, services.databases.control, id);

export const advanceFeature = feature(
  advance,
  {
    get: ({ tx, services }, { params }) => getAdvance(tx, services.databases.control, params.id),
    progress: ({ tx }, { params }) => getProgress(tx, params.id),
    async setSettings({ tx }, { params, body }) {
      await setSettings(tx, params.id, body);
      return getSettings(tx, params.id);
    },
    addItem: async (context, { params, body }) => shown(context, await addItem(context.tx, params.id, body)),
    async changeItem(context, { params, body }) {
      await changeItem(context.tx, params.id, body);
      return shown(context, params.id);
    },
    async moveItem(context, { params, body }) {
      await moveItem(context.tx, params.id, body.after);
      return shown(context, params.id);
    },
    removeItem: ({ tx }, { params }) => removeItem(tx, params.id).then(() => undefined),
    async answer(context, { params, body }) {
      await answerItem(context.tx, params.id, body, us);
      return shown(context, params.id);
    },
    async mark(context, { params, body }) {
      await markItem(context.tx, params.id, body, us);
      return shown(context, params.id);
    },
    async comment(context, { params, body }) {
      await commentOn(context.tx, params.id, body, us);
      return shown(context, params.id);
    },
    useTemplate: ({ tx }, { params, body }) => applyTemplate(tx, params.id, body.key),
    copy: ({ tx }, { params, body }) => copyItems(tx, params.id, body),
    async send({ tx, services }, { params, body }) {
      return getLink(tx, await sendLink(tx, params.id, body, services.config.secret));
    },
    async sendAgain({ tx, services }, { params, body }) {
      await sendAgain(tx, params.id, body.message, services.config.secret);
      return getLink(tx, params.id);
    },
    async revoke({ tx }, { params }) {
      await revokeLink(tx, params.id);
      return getLink(tx, params.id);
    },
    listTemplates: ({ tx, caller }) => checklists.list(tx, caller.organisation.packs),
    createTemplate: ({ tx }, { body }) => checklists.create(tx, body),
    setTemplate: ({ tx }, { params, body }) => checklists.set(tx, params.key, body),
    removeTemplate: ({ tx }, { params }) => checklists.remove(tx, params.key).then(() => undefined),
  },
  advanceJobs,
);
