import { AppError } from '#platform/contract/errors.ts';
import { scopeOf } from '#platform/http/access-record.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { organisations } from '../contract.ts';
import { setAccount, type PersonTable } from './accounts.ts';
import { requireMayLink } from './grants.ts';
import { removeLogo, serveLogo, setLogo } from './logo.ts';
import { changeMember, getMember, leaveOrganisation, listMembers, removeMember } from './members.ts';
import { countPeople, getPlan } from './plans.ts';
import { countProjects } from './projects.ts';
import { changeRole, createRole, getRole, listBuiltIn, listClauses, listRoles, removeRole } from './roles.ts';
import { changeSettings, getOrganisation, requireSecondFactor } from './settings.ts';
import { closeOrganisation } from './standing.ts';

export const organisationsFeature = feature(organisations, {
  get: ({ services, caller }) => getOrganisation(services.databases.control, caller.organisation.id),
  async change({ services, scope, caller }, { body }) {
    await changeSettings(services, scope, caller.organisation.id, body);
    return getOrganisation(services.databases.control, caller.organisation.id);
  },
  async setLogo({ services, scope, caller }, { body }) {
    await setLogo(services, scope, caller.organisation.id, body.image);
    return getOrganisation(services.databases.control, caller.organisation.id);
  },
  removeLogo: ({ services, scope, caller }) =>
    removeLogo(services, scope, caller.organisation.id).then(() => undefined),
  logo: ({ services }, { params }) => serveLogo(services.databases.control, params.orgId),
  async requireSecondFactor({ services, scope, caller }, { body }) {
    await requireSecondFactor(services, scope, caller, body.required);
    return getOrganisation(services.databases.control, caller.organisation.id);
  },
  async getPlan({ services, caller, tx }) {
    const { control } = services.databases;
    const { id } = caller.organisation;
    const [plan, people, projects] = await Promise.all([
      getPlan(control, id),
      countPeople(control, id),
      countProjects(tx),
    ]);
    return {
      title: plan.title,
      people: { used: people.members + people.open, most: plan.people },
      projects: { used: projects, most: plan.projects },
    };
  },
  close: ({ services, scope, caller }, { body }) =>
    closeOrganisation(services, scope, caller.organisation, body.slug).then(() => undefined),
  async leave({ services, request, identity }, { params }) {
    if (!identity.userId)
      throw new AppError('forbidden', { message: 'An API key belongs to its organisation. An owner can revoke it.' });
    await leaveOrganisation(services, scopeOf(request, identity, params.id), params.id, identity.userId);
    return undefined;
  },
  listMembers: async ({ services, caller, tx }) => ({
    items: await listMembers(services.databases.control, tx, caller),
  }),
  async changeMember({ services, scope, caller, tx }, { params, body }) {
    await changeMember(services, scope, caller, params.userId, body);
    return getMember(services.databases.control, tx, caller, params.userId);
  },
  removeMember: ({ services, scope, caller }, { params }) =>
    removeMember(services, scope, caller, params.userId).then(() => undefined),
  linkResource: (context, { params, body }) => link(context, 'resources', params.id, body.userId),
  linkParty: (context, { params, body }) => link(context, 'parties', params.id, body.userId),
  listRoles: async ({ services, caller }) => ({
    items: await listRoles(services.databases.control, caller.organisation.id),
    builtIn: listBuiltIn(services.policy),
    clauses: listClauses(services.policy),
  }),
  async createRole({ services, scope, caller }, { body }) {
    const id = await createRole(services, scope, caller, body);
    return getRole(services.databases.control, caller.organisation.id, id);
  },
  async changeRole({ services, scope, caller }, { params, body }) {
    await changeRole(services, scope, caller, params.id, body);
    return getRole(services.databases.control, caller.organisation.id, params.id);
  },
  removeRole: ({ services, scope, caller }, { params }) =>
    removeRole(services, scope, caller, params.id).then(() => undefined),
});

async function link({ services, tx, caller }: OrgContext, table: PersonTable, id: string, userId: string | null) {
  if (userId !== null) requireMayLink(caller, services.policy);
  await setAccount(tx, services.databases.control, table, id, userId);
  return undefined;
}
