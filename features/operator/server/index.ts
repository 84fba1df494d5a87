import { feature } from '#platform/http/feature.ts';
import { setPlan } from '#features/organisations/server/plans.ts';
import {
  reopenOrganisation,
  resumeOrganisation,
  suspendOrganisation,
} from '#features/organisations/server/standing.ts';
import { operator } from '../contract.ts';
import { support } from '../support-contract.ts';
import { askFor } from '#platform/jobs/ask-for.ts';
import { create, move } from './commands.ts';
import { installationFacts, listDatabases } from './databases.ts';
import { countUsage } from './jobs.ts';
import { listEvents, listRoutingEvents, listSignIns } from './logs.ts';
import { getOperation, listOperations } from './operations.ts';
import { doerOf, logged } from './operator-log.ts';
import { getOrganisation, listOrganisations, listPlans, requireOrganisation } from './organisations.ts';
import { endGrant, listGrants, openGrant } from './support.ts';

/** The console. Its handlers read the control database, and of tenants' databases only numbers. */
export const operatorFeature = feature(
  operator,
  {
    getInstallation: ({ services }) => installationFacts(services),
    listOrganisations: ({ services }, { query }) => listOrganisations(services.databases.control, query),
    getOrganisation: ({ services }, { params }) => getOrganisation(services.databases.control, params.id),
    createOrganisation(context, { body }) {
      // Not the owner's address: the log can't be changed when the account is erased.
      const { placement, ownerEmail, ...rest } = body;
      const detail = { ...rest, placement: placement.kind, owned: ownerEmail !== null };
      return logged(
        context,
        { action: 'createOrganisation', detail },
        () => create(context, body),
        ({ id }) => ({ organisationId: id }),
      );
    },
    suspend: (context, { params: { id }, body: { reason } }) =>
      logged(context, { action: 'suspend', organisationId: id, detail: { reason } }, async () => {
        await suspendOrganisation(context.services, doerOf(context), id, reason);
        return undefined;
      }),
    resume: (context, { params: { id } }) =>
      logged(context, { action: 'resume', organisationId: id }, async () => {
        await resumeOrganisation(context.services, doerOf(context), id);
        return undefined;
      }),
    reopen: (context, { params: { id } }) =>
      logged(context, { action: 'reopen', organisationId: id }, async () => {
        await reopenOrganisation(context.services, doerOf(context), id);
        return undefined;
      }),
    setPlan: (context, { params: { id }, body: { plan } }) =>
      logged(context, { action: 'setPlan', organisationId: id, detail: { plan } }, async () => {
        await setPlan(context.services, doerOf(context), id, plan);
        return undefined;
      }),
    move: (context, { params: { id }, body: { databaseId } }) =>
      logged(context, { action: 'move', organisationId: id, detail: { databaseId } }, () =>
        move(context, id, databaseId),
      ),
    async count({ services }, { params: { id } }) {
      await requireOrganisation(services.databases.control, id);
      await askFor(services.databases, id, countUsage.name);
      return { asked: true };
    },
    listPlans: async ({ services }) => ({ items: await listPlans(services.databases.control) }),
    listDatabases: ({ services }) => listDatabases(services),
    planMigrations: async ({ services }) => ({ items: await services.databases.migrateAll({ dryRun: true }) }),
    runMigrations: (context, { body: { parallel } }) =>
      logged(context, { action: 'runMigrations', detail: { parallel } }, async () => ({
        items: await context.services.databases.migrateAll({ parallel }),
      })),
    listOperations: ({ services }, { query }) => listOperations(services.databases.control, query),
    getOperation: ({ services }, { params }) => getOperation(services.databases.control, params.id),
    listSignIns: ({ services }, { query }) => listSignIns(services.databases.control, query),
    listRoutingEvents: ({ services }, { query }) => listRoutingEvents(services.databases.control, query),
    listEvents: ({ services }, { query }) => listEvents(services.databases.control, query),
  },
  [countUsage],
);

/** What an owner opens to operators, and ends. */
export const supportFeature = feature(support, {
  list: async ({ services, tx }) => ({ items: await listGrants(services, tx) }),
  open: (context, { body }) => openGrant(context, body),
  end: (context, { params }) => endGrant(context, params.id).then(() => undefined),
});
