import { feature } from '#platform/http/feature.ts';
import { resources } from '../contract.ts';
import { archiveResource, changeResource, createResource } from './commands.ts';
import { getResource, listFacets, listResources, requireOwnResource } from './queries.ts';

export const resourcesFeature = feature(resources, {
  list: ({ tx, own, caller }, { query }) =>
    listResources(tx, query, { own, contacts: caller.can('resources.contacts') }),
  create: async ({ tx, caller }, { body }) => getResource(tx, await createResource(tx, body, caller.organisation.zone)),
  async get({ tx, own }, { params }) {
    await requireOwnResource(tx, params.id, own);
    return getResource(tx, params.id);
  },
  async change({ tx }, { params, body }) {
    await changeResource(tx, params.id, body);
    return getResource(tx, params.id);
  },
  async archive({ tx }, { params, body }) {
    await archiveResource(tx, params.id, body.archived);
    return getResource(tx, params.id);
  },
  facets: ({ tx }) => listFacets(tx),
});
