import { feature, type OrgContext } from '#platform/http/feature.ts';
import { lists } from '../contract.ts';
import { approveList, changeList, createList, endList, removeList, takeBackApproval } from './commands.ts';
import { addPeople, changeNote, orderPeople, readNames, removePerson } from './entries.ts';
import { getList, listGroups, listPeople, listsOfPerson } from './queries.ts';

const shown = ({ tx, services, caller }: OrgContext, id: string) => getList(tx, services.databases.control, caller, id);

export const listsFeature = feature(lists, {
  list: ({ tx, services, caller }) => listGroups(tx, services.databases.control, caller, caller.organisation.zone),
  people: ({ tx, caller }, { query }) => listPeople(tx, query, caller.organisation.zone),
  ofPerson: ({ tx, caller }, { params }) => listsOfPerson(tx, caller, params.id, caller.organisation.zone),
  get: (context, { params }) => shown(context, params.id),
  create: async (context, { body }) => shown(context, await createList(context.tx, context.caller, body)),
  async change(context, { params, body }) {
    await changeList(context.tx, context.caller, params.id, body);
    return shown(context, params.id);
  },
  async remove({ tx, caller }, { params }) {
    await removeList(tx, caller, params.id);
    return undefined;
  },
  readNames: ({ tx, caller }, { params, body }) => readNames(tx, caller, params.id, body.content),
  async addPeople(context, { params, body }) {
    await addPeople(context.tx, context.caller, params.id, body);
    return shown(context, params.id);
  },
  async changeNote(context, { params, body }) {
    await changeNote(context.tx, context.caller, params, body);
    return shown(context, params.id);
  },
  async removePerson(context, { params }) {
    await removePerson(context.tx, context.caller, params.id, params.resourceId);
    return shown(context, params.id);
  },
  async order(context, { params, body }) {
    await orderPeople(context.tx, context.caller, params.id, body);
    return shown(context, params.id);
  },
  async approve(context, { params, body }) {
    await approveList(context.tx, context.caller, params.id, body);
    return shown(context, params.id);
  },
  async end(context, { params, body }) {
    await endList(context.tx, context.caller, params.id, body);
    return shown(context, params.id);
  },
  async takeBack(context, { params, body }) {
    await takeBackApproval(context.tx, context.caller, params.id, body, context.caller.organisation.zone);
    return shown(context, params.id);
  },
});
