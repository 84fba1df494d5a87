import { feature } from '#platform/http/feature.ts';
import { followUps } from '../contract.ts';
import { changeFollowUp, planFollowUp, removeFollowUp, setFollowUpDone } from './commands.ts';
import { followUpJobs } from './jobs.ts';
import { getFollowUp, listFollowUps } from './queries.ts';

export const followUpsFeature = feature(
  followUps,
  {
    list: ({ tx, services, caller }, { query }) => listFollowUps(tx, services.databases.control, query, caller.userId),
    async create({ tx, services }, { body }) {
      const { control } = services.databases;
      return getFollowUp(tx, control, await planFollowUp(tx, control, body));
    },
    async change({ tx, services }, { params, body }) {
      const { control } = services.databases;
      await changeFollowUp(tx, control, params.id, body);
      return getFollowUp(tx, control, params.id);
    },
    async setDone({ tx, services }, { params, body }) {
      await setFollowUpDone(tx, params.id, body.done);
      return getFollowUp(tx, services.databases.control, params.id);
    },
    remove: ({ tx }, { params }) => removeFollowUp(tx, params.id).then(() => undefined),
  },
  followUpJobs,
);
