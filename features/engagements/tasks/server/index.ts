import { feature, type OrgContext } from '#platform/http/feature.ts';
import { tasks } from '../contract.ts';
import { changeMany, changeTask, createTask, removeTask, setDone } from './commands.ts';
import { taskJobs } from './jobs.ts';
import { moveTask } from './order.ts';
import { getTask, listTasks, tasksOfEngagement } from './queries.ts';
import { addStep, changeStep, removeStep, setStepDone } from './steps.ts';
import { applyTemplate, taskLists } from './templates.ts';

const shown = ({ tx, services }: OrgContext, id: string) => getTask(tx, services.databases.control, id);

export const tasksFeature = feature(
  tasks,
  {
    list: ({ tx, services, caller, own }, { query }) =>
      listTasks(tx, services.databases.control, query, caller.userId, own),
    ofEngagement: ({ tx, services, own }, { params }) =>
      tasksOfEngagement(tx, services.databases.control, params.id, own),
    async create(context, { body }) {
      const { tx, services, caller } = context;
      return shown(context, await createTask(tx, services.databases.control, body, caller.organisation.zone));
    },
    get: ({ tx, services, own }, { params }) => getTask(tx, services.databases.control, params.id, own),
    async change(context, { params, body }) {
      await changeTask(context.tx, context.services.databases.control, params.id, body);
      return shown(context, params.id);
    },
    async setDone(context, { params, body }) {
      const { tx, services, own } = context;
      await getTask(tx, services.databases.control, params.id, own);
      await setDone(tx, [params.id], body.done);
      return shown(context, params.id);
    },
    async move(context, { params, body }) {
      await moveTask(context.tx, params.id, body.after);
      return shown(context, params.id);
    },
    remove: ({ tx }, { params }) => removeTask(tx, params.id).then(() => undefined),
    changeMany: ({ tx, services }, { body }) => changeMany(tx, services.databases.control, body),
    async addStep(context, { params, body }) {
      await addStep(context.tx, params.id, body.title);
      return shown(context, params.id);
    },
    changeStep: async (context, { params, body }) =>
      shown(context, await changeStep(context.tx, params.id, body.title)),
    setStepDone: async (context, { params, body }) =>
      shown(context, await setStepDone(context.tx, params.id, body.done, context.own)),
    removeStep: ({ tx }, { params }) => removeStep(tx, params.id).then(() => undefined),
    listTemplates: ({ tx, caller }) => taskLists.list(tx, caller.organisation.packs),
    createTemplate: ({ tx }, { body }) => taskLists.create(tx, body),
    setTemplate: ({ tx }, { params, body }) => taskLists.set(tx, params.key, body),
    removeTemplate: ({ tx }, { params }) => taskLists.remove(tx, params.key).then(() => undefined),
    applyTemplate: ({ tx }, { params, body }) => applyTemplate(tx, params.id, body.key),
  },
  taskJobs,
);
