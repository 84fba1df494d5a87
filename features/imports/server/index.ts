import { feature } from '#platform/http/feature.ts';
import { imports } from '../contract.ts';
import { getTask, startCsv, startSeason } from './commands.ts';
import { previewCsv } from './csv.ts';
import { importTasks } from './jobs.ts';

export const importsFeature = feature(
  imports,
  {
    previewCsv: ({ tx, caller }, { body }) => previewCsv(tx, body, caller.organisation),
    importCsv: async ({ tx, caller }, { body }) => getTask(tx, await startCsv(tx, body, caller.organisation)),
    importSeason: async ({ tx, caller }, { body }) => getTask(tx, await startSeason(tx, body, caller.organisation)),
    task: ({ tx }, { params }) => getTask(tx, params.id),
  },
  importTasks,
);
