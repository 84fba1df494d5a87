import { notFound } from '#platform/contract/errors.ts';
import { feature } from '#platform/http/feature.ts';
import { requireMember } from '#features/organisations/server/accounts.ts';
import { withinProjects } from '#features/organisations/server/projects.ts';
import { engagements } from '../contract.ts';
import {
  addParty,
  changeEngagement,
  changeSeries,
  createEngagement,
  createSeries,
  decideStage,
  removeEngagement,
  removeParty,
} from './commands.ts';
import {
  getDossier,
  getEngagement,
  getParty,
  getSeries,
  listDealings,
  listEngagements,
  listSeries,
} from './queries.ts';

export const engagementsFeature = feature(engagements, {
  list: ({ tx, own }, { query }) => listEngagements(tx, query, own),
  async create({ tx, services, caller: { organisation } }, { body }) {
    await requireMember(tx, services.databases.control, body.leadUserId, 'leadUserId');
    const id = await withinProjects(tx, organisation.projects, () => createEngagement(tx, body, organisation));
    return getEngagement(tx, id);
  },
  get: ({ tx, services, own }, { params }) => getDossier(tx, services.databases.control, params.id, own),
  async change({ tx, services, caller }, { params, body }) {
    await requireMember(tx, services.databases.control, body.leadUserId, 'leadUserId');
    await withinProjects(tx, caller.organisation.projects, () => changeEngagement(tx, params.id, body));
    return getEngagement(tx, params.id);
  },
  async setStage({ tx, caller }, { params, body }) {
    await withinProjects(tx, caller.organisation.projects, () => decideStage(tx, params.id, body));
    return getEngagement(tx, params.id);
  },
  remove: ({ tx }, { params }) => removeEngagement(tx, params.id).then(() => undefined),
  ofParty: ({ tx }, { params, query }) => listDealings(tx, params.id, query),
  async addParty({ tx }, { params, body }) {
    const entry = await getParty(tx, await addParty(tx, params.id, body));
    if (!entry) throw notFound('This contact');
    return entry;
  },
  removeParty: ({ tx }, { params }) => removeParty(tx, params.id, params.entryId).then(() => undefined),
  listSeries: ({ tx }, { query }) => listSeries(tx, query),
  createSeries: async ({ tx }, { body }) => getSeries(tx, await createSeries(tx, body)),
  async changeSeries({ tx }, { params, body }) {
    await changeSeries(tx, params.id, body);
    return getSeries(tx, params.id);
  },
});
