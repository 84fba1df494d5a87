import * as z from 'zod';
import { currency, id, instantOut, text, zone } from '#platform/contract/fields.ts';

/** Why somebody can't come, as they choose it; their own words stand beside it. */
export const declineReasons = ['engaged', 'away', 'ill', 'travel', 'fee', 'programme', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** Why somebody who had accepted must leave after all. */
export const withdrawReasons = ['ill', 'family', 'engaged', 'other'] as const;
export type WithdrawReason = (typeof withdrawReasons)[number];

/** States in which its person knows of a call: what is only planned, or was skipped, nobody is told. */
export const toldStates = ['open', 'accepted', 'declined', 'expired', 'cancelled', 'withdrawn'] as const;

const service = z.object({
  id: id.describe('Of the schedule item.'),
  kind: z.string(),
  title: z.string(),
  startsAt: instantOut,
  endsAt: instantOut,
  zone: zone.describe('Of the place.'),
  dress: z.string(),
  place: z
    .object({
      name: z.string(),
      address: z.string().nullable(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
    })
    .nullable(),
  answer: z.enum(['accepted', 'declined']).nullable(),
});
export type PersonService = z.output<typeof service>;

const question = z.object({
  id,
  askedBy: z.enum(['person', 'office']),
  body: z.string(),
  createdAt: instantOut,
});

/**
 * A call as the person reads it who was asked: nothing of the list that they stand on, of others, or of the office's
 * notes.
 */
export const personCall = z
  .object({
    id,
    state: z.enum(toldStates),
    reason: z.string().nullable().describe('Code: why they declined or withdrew, or why we took it back (`filled`).'),
    note: z.string().describe('Their own words with their answer.'),
    person: z.string().describe('Name of who is asked.'),
    engagement: z.object({ id, title: z.string(), zone }),
    need: z.object({
      title: z.string(),
      skill: z.string().describe('Code of an instrument, or words.'),
      kind: z.enum(['principal', 'section']),
      doubles: z.array(z.string()),
    }),
    services: z.array(service).describe('Those that they were asked for, by start.'),
    partial: z.boolean().describe('They may accept some of the services.'),
    feeMinor: z.int().nullable().describe('For all services together, in minor units; null: as agreed.'),
    feeCurrency: currency.nullable(),
    message: z.string().describe('Of the office.'),
    sentAt: instantOut,
    deadlineAt: instantOut,
    answeredAt: instantOut.nullable(),
    can: z
      .array(z.enum(['accept', 'decline', 'withdraw', 'ask']))
      .describe(
        'What they may do now. After having declined or missed the deadline they may accept while the seat is open and nobody else is asked.',
      ),
    seen: z.string().describe('Of exactly these services and times: an acceptance sends it back.'),
    questions: z.array(question).describe('Theirs, and the office’s answers, the oldest first.'),
  })
  .meta({ id: 'PersonCall' });
export type PersonCall = z.output<typeof personCall>;

/** What somebody sends: an acceptance of all or some of the services, or why not. */
export const acceptance = z.strictObject({
  services: z
    .array(id)
    .min(1, { error: 'Choose at least one.' })
    .max(200)
    .optional()
    .describe('Ids of those accepted; all of them when absent. Some only where the call allows it.'),
  seen: z
    .string()
    .max(100)
    .optional()
    .describe('As the call said it: refused when a service has moved or gone since. Not asked when absent.'),
});
export const declining = z.strictObject({ reason: z.enum(declineReasons), note: text(1_000).default('') });
export const withdrawal = z.strictObject({ reason: z.enum(withdrawReasons), note: text(1_000).default('') });
export const asking = z.strictObject({
  body: text(2_000).refine((body) => body.trim() !== '', { error: 'Write your question.' }),
});
