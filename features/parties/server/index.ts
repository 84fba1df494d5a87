import { feature } from '#platform/http/feature.ts';
import { parties } from '../contract.ts';
import { listAlike } from './alike.ts';
import { addBelonging, changeBelonging, listBelongings, removeBelonging } from './belongings.ts';
import { changeParty, createParty, removeParty } from './commands.ts';
import { exportParties, getParty, listParties, listRoles } from './queries.ts';

export const partiesFeature = feature(parties, {
  list: ({ tx, caller }, { query }) => listParties(tx, query, caller.can('parties.contacts')),
  alike: ({ tx, caller }, { query }) => listAlike(tx, query, caller.can('parties.contacts')),
  listRoles: ({ tx }) => listRoles(tx),
  export: ({ tx, caller }) => exportParties(tx, caller.can('parties.contacts')),
  create: async ({ tx }, { body }) => getParty(tx, await createParty(tx, body)),
  get: ({ tx }, { params }) => getParty(tx, params.id),
  async change({ tx }, { params, body }) {
    await changeParty(tx, params.id, body);
    return getParty(tx, params.id);
  },
  listBelongings: ({ tx }, { params }) => listBelongings(tx, params.id),
  addBelonging: ({ tx }, { params, body }) => addBelonging(tx, params.id, body),
  changeBelonging: ({ tx }, { params, body }) => changeBelonging(tx, params.id, params.belongingId, body.position),
  removeBelonging: ({ tx }, { params }) => removeBelonging(tx, params.id, params.belongingId).then(() => undefined),
  remove: ({ tx }, { params }) => removeParty(tx, params.id).then(() => undefined),
});
