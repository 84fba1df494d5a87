import { feature } from '#platform/http/feature.ts';
import { privacy } from '../contract.ts';
import { eraseAccount } from './erase.ts';
import { exportPersonalData } from './export.ts';
import { privacyTasks } from './jobs.ts';

export const privacyFeature = feature(
  privacy,
  {
    async export({ services, request, reply, identity }) {
      reply.header('content-disposition', 'attachment; filename="holdfast-personal-data.json"');
      return exportPersonalData(services, request, identity);
    },
    async erase({ services, request, reply, identity }) {
      await eraseAccount(services, request, identity);
      reply.header('clear-site-data', '"cookies", "storage", "cache"');
      return undefined;
    },
  },
  privacyTasks,
);
