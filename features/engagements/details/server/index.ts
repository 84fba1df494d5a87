import { notFound } from '#platform/contract/errors.ts';
import { feature } from '#platform/http/feature.ts';
import { packNames, type PackName } from '#features/organisations/packs/pack.ts';
import { detailsContract } from '../contract.ts';
import { resetFields, setDetails, setFields } from './commands.ts';
import { getDetails, getSets } from './queries.ts';

const packsOf = ({ packs }: { packs: readonly string[] }): PackName[] =>
  packNames.filter((name) => packs.includes(name));

export const detailsFeature = feature(detailsContract, {
  get: ({ tx, own }, { params }) => getDetails(tx, params.id, own),
  async set({ tx }, { params, body }) {
    await setDetails(tx, params.id, body.changes);
    return getDetails(tx, params.id);
  },
  listSets: async ({ tx, caller }) => ({ items: await getSets(tx, packsOf(caller.organisation)) }),
  async setFields({ tx, caller }, { params, body }) {
    await setFields(tx, packsOf(caller.organisation), params.pack, body);
    const [set] = await getSets(tx, [params.pack]);
    if (!set) throw notFound('This pack');
    return set;
  },
  resetFields: ({ tx }, { params }) => resetFields(tx, params.pack).then(() => undefined),
});
