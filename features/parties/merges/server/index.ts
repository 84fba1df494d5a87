import { feature } from '#platform/http/feature.ts';
import { requireMayLink } from '#features/organisations/server/grants.ts';
import { getParty } from '#features/parties/server/queries.ts';
import { merges } from '../contract.ts';
import { mergeJobs } from './jobs.ts';
import { mergeParties } from './merge.ts';
import { comparePair, distinguish, listDuplicates, listMerges } from './queries.ts';
import { undoMerge } from './undo.ts';

export const mergesFeature = feature(
  merges,
  {
    duplicates: ({ tx }) => listDuplicates(tx),
    distinguish: ({ tx }, { body }) => distinguish(tx, body.firstId, body.secondId).then(() => undefined),
    compare: ({ tx }, { params }) => comparePair(tx, params.id, params.otherId),
    async merge({ tx, caller, services }, { params, body }) {
      await mergeParties(tx, params.id, body, () => requireMayLink(caller, services.policy));
      return getParty(tx, params.id);
    },
    list: ({ tx, services }, { params }) => listMerges(tx, services.databases.control, params.id),
    async undo({ tx }, { params }) {
      const { survivorId, restoredId } = await undoMerge(tx, params.id);
      return { survivor: await getParty(tx, survivorId), restored: await getParty(tx, restoredId) };
    },
  },
  mergeJobs,
);
