import { AppError } from '#platform/contract/errors.ts';
import { feature } from '#platform/http/feature.ts';
import { withinProjects } from '#features/organisations/server/projects.ts';
import { history } from '../contract.ts';
import { listActivity } from './activity.ts';
import { engagementAsOf } from './as-of.ts';
import { dossierAsOf } from './dossier-as-of.ts';
import { exportChanges } from './export.ts';
import { historyTasks } from './jobs.ts';
import { listActors, listChanges } from './queries.ts';
import { readerOf } from './reader.ts';
import { getHead } from './seals.ts';
import { undoChange } from './undo.ts';
import { verifyChanges } from './verify.ts';

/** Organisations whose record is being verified by this process: reading it all twice at once helps nobody. */
const verifying = new Set<string>();

export const historyFeature = feature(
  history,
  {
    list: async ({ tx, services, caller }, { query }) =>
      listChanges(tx, services.databases.control, await readerOf(tx, caller), query),
    actors: ({ tx, services }) => listActors(tx, services.databases.control),
    activity: async ({ tx, services, caller }, { query }) =>
      listActivity(tx, services.databases.control, await readerOf(tx, caller), query),
    export: async ({ tx, services, caller }, { body }) =>
      exportChanges(tx, services.databases.control, await readerOf(tx, caller), body),
    head: ({ tx, caller }) => getHead(tx, caller.organisation.slug),
    async verify({ tx, services, caller }, { body }) {
      const { id } = caller.organisation;
      if (verifying.has(id)) {
        throw new AppError('busy', { message: 'The record is being verified already. Wait until that is done.' });
      }
      verifying.add(id);
      try {
        return await verifyChanges(tx, services.databases.control, body.heads);
      } finally {
        verifying.delete(id);
      }
    },
    asOf: ({ tx }, { params, query }) => engagementAsOf(tx, params.id, query.at),
    dossierAsOf: async ({ tx, caller }, { params, query }) =>
      dossierAsOf(tx, await readerOf(tx, caller), params.id, query.at),
    undo: async ({ tx, services, caller }, { params }) => ({
      // What comes back may be one engagement more.
      done: await withinProjects(tx, caller.organisation.projects, () =>
        undoChange(tx, services.databases.control, caller, params.changeId),
      ),
    }),
  },
  historyTasks,
);
