import type { HeldRole, Role } from '#platform/contract/contract.ts';
import { roleNames } from '#platform/contract/contract.ts';
import { capital } from './word-case.ts';

/** What each role is for, in a few words. */
export const roleHints: Readonly<Record<Role, string>> = {
  owner: 'Everything: members, roles and keys too.',
  manager: 'Books, confirms, sees rates.',
  staff: 'Plans and holds; doesn’t confirm.',
  crew: 'Sees what they are booked for.',
  promoter: 'Sees the work that they are part of.',
  property_manager: 'Sees the work that they are part of.',
  client: 'Sees the work that they are part of.',
};

/** Roles whose holders see their own things: who they are must be known. */
export const seesOwn: Readonly<Partial<Record<HeldRole, 'resource' | 'party'>>> = {
  crew: 'resource',
  promoter: 'party',
  property_manager: 'party',
  client: 'party',
};

/** “Property manager”, or the name of a role of one's own. */
export function roleTitle(roleName: string): string {
  return capital(roleName);
}

export function builtInTitle(role: Role): string {
  return capital(roleNames[role]);
}
