import { AppError } from '#platform/contract/errors.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { requireOwnResource } from '#features/scheduling/resources/server/queries.ts';
import { personalDetails, type Group } from '../contract.ts';
import { changeDetails, type Changes, eraseDetails, revealDetails } from './commands.ts';
import { getMasked } from './queries.ts';

/** @throws AppError not_found for others' details; forbidden for support, whom no grant opens them */
async function requireReach({ tx, own, caller }: OrgContext, id: string): Promise<void> {
  if (caller.support)
    throw new AppError('forbidden', { message: 'A support grant does not open personal details of people.' });
  await requireOwnResource(tx, id, own);
}

async function get(context: OrgContext, id: string, group: Group) {
  await requireReach(context, id);
  return getMasked(context.tx, context.services.sealer, id, group);
}

async function change(context: OrgContext, id: string, group: Group, version: number, sent: Changes) {
  await requireReach(context, id);
  await changeDetails(context.tx, context.services.sealer, id, version, sent);
  return getMasked(context.tx, context.services.sealer, id, group);
}

async function reveal(context: OrgContext, id: string, fields: readonly string[]) {
  await requireReach(context, id);
  return revealDetails(context.tx, context.services.sealer, id, fields);
}

export const personalDetailsFeature = feature(personalDetails, {
  getEmergency: (context, { params }) => get(context, params.id, 'emergency'),
  changeEmergency: (context, { params, body: { version, ...sent } }) =>
    change(context, params.id, 'emergency', version, sent),
  revealEmergency: (context, { params, body }) => reveal(context, params.id, body.fields),
  getIdentity: (context, { params }) => get(context, params.id, 'identity'),
  changeIdentity: (context, { params, body: { version, ...sent } }) =>
    change(context, params.id, 'identity', version, sent),
  revealIdentity: (context, { params, body }) => reveal(context, params.id, body.fields),
  async erase(context, { params }) {
    await requireReach(context, params.id);
    await eraseDetails(context.tx, params.id);
    return undefined;
  },
});
