import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { email, id, line, page, pageOf, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';

export const party = entity('parties', 'Party', {
  kind: z.enum(['person', 'company']).default('person'),
  name: line(200),
  email: restricted(email.nullable().default(null), 'parties.contacts'),
  phone: restricted(line(60).nullable().default(null), 'parties.contacts'),
  notes: text().default(''),
  externalRef: line(300).nullable().default(null),
});
export type Party = z.output<typeof party.row>;

export const parties = defineContract({
  name: 'parties',
  permissions: {
    'parties.read': { may: 'see contacts', roles: ['owner', 'manager', 'staff'] },
    'parties.contacts': {
      may: 'see and change e-mail addresses and telephone numbers of contacts',
      roles: ['owner', 'manager', 'staff'],
      closedToSupport: true,
    },
    'parties.write': { may: 'add, change and remove contacts', roles: ['owner', 'manager', 'staff'] },
  },
  errors: { duplicate: 409 },
  constraints: {
    parties_external_ref_unique: {
      code: 'duplicate',
      message: 'Another contact has this external reference.',
      field: 'externalRef',
    },
  },
  routes: {
    list: {
      method: 'GET',
      path: '/parties',
      permission: 'parties.read',
      summary: 'Contacts by name.',
      query: z.strictObject({ ...page, q: z.string().max(200).optional() }),
      output: pageOf(party.row),
    },
    create: {
      method: 'POST',
      path: '/parties',
      permission: 'parties.write',
      summary: 'Adds a contact.',
      body: party.create,
      status: 201,
      output: party.row,
      errors: ['duplicate'],
    },
    get: {
      method: 'GET',
      path: '/parties/:id',
      permission: 'parties.read',
      summary: 'One contact.',
      params: z.object({ id }),
      output: party.row,
    },
    change: {
      method: 'PATCH',
      path: '/parties/:id',
      permission: 'parties.write',
      summary: 'Changes the given fields.',
      params: z.object({ id }),
      body: party.patch,
      output: party.row,
      errors: ['version_conflict', 'duplicate'],
    },
    remove: {
      method: 'DELETE',
      path: '/parties/:id',
      permission: 'parties.write',
      summary: 'Removes a contact and its roles.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
