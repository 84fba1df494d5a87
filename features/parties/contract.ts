import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity } from '#platform/contract/entity.ts';
import { email, id, line, page, pageOf, text } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { duplicateReasons } from './duplicate-rules.ts';

/** An address on the web; nothing that a browser would run. */
const website = line(300)
  .transform((value) => (/^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`))
  .refine((value) => /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(value) && URL.canParse(value), {
    error: 'Must be an address like www.example.com.',
  });

export const party = entity('parties', 'Party', {
  kind: z.enum(['person', 'company']).default('person'),
  name: line(200),
  email: restricted(email.nullable().default(null), 'parties.contacts'),
  phone: restricted(line(60).nullable().default(null), 'parties.contacts'),
  roles: z
    .array(line(60))
    .max(20)
    .transform((roles) => [...new Set(roles)])
    .default([])
    .describe('What they are to the organisation: client, promoter, agent … and words of its own.'),
  address: restricted(text(500).default(''), 'parties.contacts'),
  website: website.nullable().default(null),
  notes: text().default(''),
  externalRef: line(300).nullable().default(null),
});
export type Party = z.output<typeof party.row>;

const alike = z.object({
  party: party.row,
  reasons: z
    .array(z.enum(duplicateReasons))
    .describe('What it has in common with the one asked about, the surest first.'),
});
export type AlikeContact = z.output<typeof alike>;

const belonging = z
  .object({
    id,
    partyId: id.describe('The person of a company, or the company of a person.'),
    name: z.string(),
    position: z.string().describe('What the person is there.'),
    email: restricted(z.string().nullable(), 'parties.contacts'),
    phone: restricted(z.string().nullable(), 'parties.contacts'),
  })
  .meta({ id: 'PartyBelonging' });
export type Belonging = z.output<typeof belonging>;

const position = z
  .string()
  .trim()
  .max(120, { error: 'Must be at most 120 characters.' })
  .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

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
  errors: { duplicate: 409, in_use: 409, merged: 409 },
  constraints: {
    party_people_once: { code: 'duplicate', message: 'They belong together already.' },
    party_people_company_exists: {
      code: 'invalid_input',
      message: 'There is no contact with this id.',
      field: 'partyId',
    },
    party_people_person_exists: {
      code: 'invalid_input',
      message: 'There is no contact with this id.',
      field: 'partyId',
    },
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
      query: z.strictObject({
        ...page,
        q: z.string().max(200).optional().describe('Part of the name, the address or the telephone number.'),
        kind: z.enum(['person', 'company']).optional(),
        role: z.string().max(60).optional(),
      }),
      output: pageOf(party.row),
    },
    alike: {
      method: 'GET',
      path: '/parties/alike',
      permission: 'parties.read',
      summary:
        'Contacts that may be the same as one that is about to be made, the surest first: at most 5. Address and number count for those who may see them.',
      query: z.strictObject({
        kind: z.enum(['person', 'company']).default('person'),
        name: z.string().max(200).default(''),
        email: z.string().max(254).optional().describe('As far as it is known.'),
        phone: z.string().max(60).optional().describe('As far as it is known.'),
      }),
      output: z.object({ items: z.array(alike) }),
    },
    listRoles: {
      method: 'GET',
      path: '/parties/roles',
      permission: 'parties.read',
      summary: 'Roles that contacts have, the most frequent first.',
      output: z.object({ items: z.array(z.object({ role: z.string(), contacts: z.int() })) }),
    },
    export: {
      method: 'GET',
      path: '/parties.csv',
      permission: 'parties.read',
      summary: 'All contacts by name as CSV; addresses and numbers for those who may see them.',
      produces: 'text/csv; charset=utf-8',
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
      errors: ['merged'],
    },
    change: {
      method: 'PATCH',
      path: '/parties/:id',
      permission: 'parties.write',
      summary: 'Changes the given fields.',
      params: z.object({ id }),
      body: party.patch,
      output: party.row,
      errors: ['version_conflict', 'duplicate', 'in_use', 'merged'],
    },
    listBelongings: {
      method: 'GET',
      path: '/parties/:id/people',
      permission: 'parties.read',
      summary: 'The people of a company, or the companies of a person, by name.',
      params: z.object({ id }),
      output: z.object({ items: z.array(belonging) }),
    },
    addBelonging: {
      method: 'POST',
      path: '/parties/:id/people',
      permission: 'parties.write',
      summary: 'Says that a person belongs to a company.',
      params: z.object({ id }),
      body: z.strictObject({ partyId: id, position: position.default('') }),
      status: 201,
      output: belonging,
      errors: ['duplicate'],
    },
    changeBelonging: {
      method: 'PATCH',
      path: '/parties/:id/people/:belongingId',
      permission: 'parties.write',
      summary: 'Says what a person is at a company.',
      params: z.object({ id, belongingId: id }),
      body: z.strictObject({ position }),
      output: belonging,
    },
    removeBelonging: {
      method: 'DELETE',
      path: '/parties/:id/people/:belongingId',
      permission: 'parties.write',
      summary: 'Says that a person belongs to a company no more.',
      params: z.object({ id, belongingId: id }),
      status: 204,
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
