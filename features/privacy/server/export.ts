import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/contract/errors.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { ownOrganisations, type OwnOrganisation } from '#platform/http/account-scope.ts';
import type { Identity } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import type { OrganisationData, PersonalExport } from '../contract.ts';
import { getAccountData } from './account-data.ts';
import { getOwnData, type OwnData } from './organisation-data.ts';

const explanation =
  `Everything that Holdfast keeps about you. Secrets (password, keys, codes) are left out. Organisations
decide themselves what they note about people they work with: their notes and rates are theirs to give; ask them.`.replace(
    /\n/g,
    ' ',
  );

/** One file, however many organisations and databases: one that is down is named, and the others are there. */
export async function exportPersonalData(
  services: Services,
  request: FastifyRequest,
  identity: Identity,
): Promise<PersonalExport> {
  const userId = identity.userId ?? '';
  const account = await getAccountData(services.databases.control, userId);
  const organisations: OrganisationData[] = [];
  // One after the other: a person's export is no reason to hold a connection of every database at once.
  for (const organisation of await ownOrganisations(services, request, identity)) {
    organisations.push(await dataOf(services, organisation, userId));
  }
  return { madeAt: new Date().toISOString(), explanation, ...account, organisations };
}

async function dataOf(services: Services, own: OwnOrganisation, userId: string): Promise<OrganisationData> {
  const { scope, since, needsFactor, ...organisation } = own;
  const part = (data: OwnData, problem: string | null) => ({ ...organisation, memberSince: since, problem, ...data });
  if (needsFactor) return part(nothing, 'It asks for a second factor. Sign in with yours and export once more.');
  try {
    const read = withTenant(services.databases, scope, (tx) => getOwnData(tx, services.sealer, userId), {
      readOnly: true,
    });
    return part(await read, null);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
    return part(nothing, `Its data is missing here: ${error.message}`);
  }
}

const nothing: OwnData = {
  person: null,
  personalDetails: null,
  hours: [],
  timeOff: [],
  calendars: [],
  bookings: [],
  contact: null,
  contactOf: [],
  notices: [],
  actions: { count: 0, first: null, last: null },
};
