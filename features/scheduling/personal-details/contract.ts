import * as z from 'zod';
import { defineContract, type Route } from '#platform/contract/contract.ts';
import { date, id, instantOut, line, text } from '#platform/contract/fields.ts';
import { accountFault, isBankCode, plainAccount } from './account-rules.ts';

const account = line(60)
  .transform(plainAccount)
  .superRefine((value, context) => {
    const fault = accountFault(value);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  });

const bankCode = line(20)
  .transform((value) => value.replaceAll(/[\s-]/g, '').toUpperCase())
  .refine(isBankCode, { error: 'Must be a BIC of 8 or 11 characters, or a national bank code of 3 to 12 digits.' });

const birthDate = date.pipe(
  z.string().refine((value) => value >= '1900-01-01' && value <= new Date().toISOString().slice(0, 10), {
    error: 'Must be a day of the past.',
  }),
);

/** Two groups, each with a permission of its own. Field by field: an editor sends what they changed, null to remove it. */
export const groups = {
  emergency: {
    emergencyName: line(200),
    emergencyPhone: line(60),
    emergencyRelation: line(80).describe('What they are to the person: partner, mother, flatmate.'),
    healthNote: text(2_000)
      .trim()
      .min(1, { error: 'Must not be empty.' })
      .describe('Diet, allergies, medicine, whatever helpers must know.'),
  },
  identity: {
    legalName: line(200).describe('As in the passport, where it differs from the name that people use.'),
    birthDate,
    taxNumber: line(40).describe('Tax, social insurance or identity number.'),
    accountHolder: line(200),
    account: account.describe('IBAN, whose check digits are verified, or another account number.'),
    bankCode: bankCode.describe('BIC, sort code or routing number.'),
  },
} as const;
export type Group = keyof typeof groups;

type Names<G extends Group> = Extract<keyof (typeof groups)[G], string>;
export type DetailField = Names<'emergency'> | Names<'identity'>;

/** Which of a group are known, with the ends of long numbers. */
export interface MaskedDetails {
  version: number;
  updatedAt: string | null;
  fields: Record<string, string | null>;
}

function routesOf<const G extends Group>(group: G, permission: string, what: string) {
  const schemas = groups[group];
  const names = Object.keys(schemas) as [Names<G>, ...Names<G>[]];
  const path = `/resources/:id/${group}` as const;
  const own = { permission, own: true, params: z.object({ id }), idempotent: false } as const;
  const shown = z.object({
    version: z.int().describe('Send it back with a change; 0 while nothing is known.'),
    updatedAt: instantOut.nullable(),
    fields: z
      .record(z.enum(names), z.string().nullable())
      .describe('•••• where something is known, with the end of a long number; null where nothing is.'),
  });
  return {
    get: { method: 'GET', path, ...own, summary: `Which ${what} of a person are known; no values.`, output: shown },
    change: {
      method: 'PATCH',
      path,
      ...own,
      summary: `Changes the given ${what}; null removes one.`,
      body: z.strictObject({ version: z.int().min(0), ...optional(schemas) }),
      output: shown,
      errors: ['version_conflict'],
    },
    reveal: {
      method: 'POST',
      path: `${path}/reveal`,
      ...own,
      summary: `Shows ${what} of a person in full. History keeps who looked at which.`,
      body: z.strictObject({ fields: z.array(z.enum(names)).min(1).max(names.length) }),
      output: z.object({ version: z.int(), fields: z.partialRecord(z.enum(names), z.string().nullable()) }),
    },
  } as const satisfies Record<string, Route>;
}

type Optional<S extends z.ZodRawShape> = { [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>> };

function optional<S extends z.ZodRawShape>(shape: S): Optional<S> {
  const entries = Object.entries(shape).map(([name, schema]) => [name, z.optional(z.nullable(schema))]);
  return Object.fromEntries(entries) as Optional<S>;
}

const emergency = routesOf('emergency', 'personalDetails.emergency', 'emergency contacts and health notes');
const identity = routesOf('identity', 'personalDetails.identity', 'identity and bank details');

export const personalDetails = defineContract({
  name: 'personalDetails',
  permissions: {
    'personalDetails.emergency': {
      may: 'see and change whom to call in an emergency, and health notes',
      roles: ['owner', 'manager'],
      closedToSupport: true,
      own: ['staff', 'crew', 'promoter', 'property_manager', 'client'],
    },
    'personalDetails.identity': {
      may: 'see and change legal names, tax numbers and bank details',
      roles: ['owner'],
      closedToSupport: true,
      own: ['manager', 'staff', 'crew', 'promoter', 'property_manager', 'client'],
    },
  },
  constraints: {
    personal_details_of_person: {
      code: 'invalid_input',
      message: 'Personal details are kept of this person. Erase them before it becomes something else.',
      field: 'kind',
    },
  },
  routes: {
    getEmergency: emergency.get,
    changeEmergency: emergency.change,
    revealEmergency: emergency.reveal,
    getIdentity: identity.get,
    changeIdentity: identity.change,
    revealIdentity: identity.reveal,
    erase: {
      method: 'DELETE',
      path: '/resources/:id/personal-details',
      permission: 'personalDetails.identity',
      summary: 'Erases all personal details of a person for good. History keeps that there were some.',
      params: z.object({ id }),
      status: 204,
    },
  },
});
