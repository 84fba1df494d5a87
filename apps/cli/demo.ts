import { createOrganisation } from '#features/identity/server/commands.ts';
import type { Databases } from '#platform/db/databases.ts';
import { requireUser } from './members.ts';
import type { Output } from './output.ts';
import { findOrganisation, requireOrganisation, type FoundOrganisation } from './session.ts';

export const demoSlug = 'demo';

const demo = {
  slug: demoSlug,
  name: 'New York Philharmonic (demo)',
  packs: ['orchestra'],
  zone: 'America/New_York',
  currency: 'USD',
};

/** The demo organisation, made when it is missing. The only user of an installation becomes its owner. */
export async function ensureDemo(
  databases: Databases,
  ownerEmail: string | undefined,
  output: Output,
): Promise<FoundOrganisation> {
  const owner = ownerEmail === undefined ? undefined : await requireUser(databases, ownerEmail);
  const found = await findOrganisation(databases, demoSlug);
  if (found) return found;
  const users = await databases.control.selectFrom('users').select(['id', 'name']).limit(2).execute();
  const member = owner ?? (users.length === 1 ? users[0] : undefined);
  await createOrganisation(databases, demo, member?.id);
  const whose = member
    ? ` ${member.name} is its owner.`
    : ' Let a user in with: npm run holdfast -- org add-member --org demo --email … --role owner';
  output.note(`Made the organisation ${demo.name}.${whose}`);
  return requireOrganisation(databases, demoSlug);
}
