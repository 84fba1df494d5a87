import { feature } from '#platform/http/feature.ts';
import { roster } from '../contract.ts';
import {
  changeChair,
  changePosition,
  createPosition,
  giveChair,
  removeChair,
  removePosition,
  setUpPositions,
} from './commands.ts';
import { importRoster, previewRoster } from './import-roster.ts';
import { getChair, getPosition, getRoster, listHolders } from './queries.ts';

export const rosterFeature = feature(roster, {
  get: ({ tx, caller }, { query }) => getRoster(tx, query.on, caller.organisation.zone),
  setUp: ({ tx }) => setUpPositions(tx),
  createPosition: async ({ tx }, { body }) => getPosition(tx, await createPosition(tx, body)),
  async changePosition({ tx }, { params, body }) {
    await changePosition(tx, params.id, body);
    return getPosition(tx, params.id);
  },
  async removePosition({ tx }, { params }) {
    await removePosition(tx, params.id);
    return undefined;
  },
  holders: ({ tx }, { params }) => listHolders(tx, params.id),
  giveChair: async ({ tx }, { body }) => getChair(tx, await giveChair(tx, body)),
  async changeChair({ tx }, { params, body }) {
    await changeChair(tx, params.id, body);
    return getChair(tx, params.id);
  },
  async removeChair({ tx }, { params }) {
    await removeChair(tx, params.id);
    return undefined;
  },
  previewImport: ({ tx, caller }, { body }) => previewRoster(tx, body.content, caller.organisation.zone),
  import: ({ tx, caller }, { body }) => importRoster(tx, body.content, caller.organisation.zone),
});
