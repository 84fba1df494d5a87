import { feature } from '#platform/http/feature.ts';
import { parties } from '../contract.ts';
import { changeParty, createParty, removeParty } from './commands.ts';
import { getParty, listParties } from './queries.ts';

export const partiesFeature = feature(parties, {
  list: ({ tx, caller }, { query }) => listParties(tx, query, caller.can('parties.contacts')),
  create: async ({ tx }, { body }) => getParty(tx, await createParty(tx, body)),
  get: ({ tx }, { params }) => getParty(tx, params.id),
  async change({ tx }, { params, body }) {
    await changeParty(tx, params.id, body);
    return getParty(tx, params.id);
  },
  remove: ({ tx }, { params }) => removeParty(tx, params.id).then(() => undefined),
});
