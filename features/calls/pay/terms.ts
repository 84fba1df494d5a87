import * as z from 'zod';
import { line } from '#platform/contract/fields.ts';
import { instrumentCodes } from '#features/calls/instruments/instrument-rules.ts';
import { itemKinds, serviceKinds } from '#features/engagements/timeline/item-kinds.ts';
import { roundings, whole } from './money-rules.ts';

/** Minor units of the scale's currency. */
const amount = z.int({ error: 'Enter an amount.' }).min(0).max(10_000_000_000);
/** Basis points: 1250 is 12.5 %. */
const rate = z
  .int({ error: 'Enter a percentage.' })
  .min(0)
  .max(10 * whole);

const serviceKind = z
  .enum(itemKinds)
  .refine((kind) => serviceKinds.includes(kind), { error: 'Choose a kind of service.' });
const instrument = z.enum(instrumentCodes);

/** Each kind, instrument or limit stands in a list once. */
const once = <T>(keys: (item: T) => readonly unknown[], message: string) =>
  [
    (items: readonly T[]) => {
      const all = items.flatMap(keys);
      return new Set(all).size === all.length;
    },
    { error: message },
  ] as const;

const service = z.strictObject({
  kind: serviceKind,
  baseMinor: amount,
  minutes: z.int().min(15).max(1_440).describe('How long it may last before overtime.'),
});

const bySteps = z.strictObject({
  by: z.literal('steps'),
  first: rate.describe('For the first instrument besides one’s own.'),
  second: rate,
  further: rate.describe('For each after the second.'),
});

const byCategory = z.strictObject({
  by: z.literal('category'),
  categories: z
    .array(z.strictObject({ name: line(40), rate, instruments: z.array(instrument).min(1).max(60) }))
    .max(10)
    .refine(
      ...once<{ instruments: string[] }>((each) => each.instruments, 'An instrument stands in one category only.'),
    ),
});

const tier = z.strictObject({ withinHours: z.int().min(1).max(8_760), rate });

/**
 * What is paid for what: dated data, never code. Money is minor units of the scale's currency, shares are basis points,
 * times are minutes. How each is applied, `pay-rules.ts` says.
 */
export const payTerms = z.strictObject({
  services: z
    .array(service)
    .max(20)
    .refine(...once<{ kind: string }>(({ kind }) => [kind], 'A kind of service stands here once.')),
  overtime: z.strictObject({
    graceMinutes: z.int().min(0).max(120).describe('So much longer costs nothing.'),
    stepMinutes: z.int().min(5).max(60).describe('Each started step is paid: 15 for quarter hours.'),
    rate: rate.describe('Of the base for that time: 15000 is one and a half times.'),
  }),
  day: z.strictObject({
    minutes: z.int().min(15).max(1_440).nullable().describe('Services on a day may last so long; more is overtime.'),
    restMinutes: z
      .int()
      .min(0)
      .max(720)
      .nullable()
      .describe('Rest between a rehearsal and a concert on one day; what is missing is overtime.'),
  }),
  principal: rate.describe('For a principal’s chair.'),
  doubling: z.discriminatedUnion('by', [bySteps, byCategory]),
  premiumsOn: z
    .enum(['base', 'base_and_overtime'])
    .describe('What the principal’s premium and doubling are a share of; overtime of a day stays out of it.'),
  guarantee: z
    .strictObject({ services: z.int().min(1).max(100), kind: serviceKind.describe('By the base of this kind.') })
    .nullable()
    .describe('So many services are paid at least, less those missed.'),
  cartage: z.strictObject({
    per: z.enum(['engagement', 'service']),
    amounts: z
      .array(z.strictObject({ instrument, amountMinor: amount }))
      .max(60)
      .refine(...once<{ instrument: string }>((each) => [each.instrument], 'An instrument stands here once.')),
  }),
  perDiem: z
    .strictObject({ amountMinor: amount, kinds: z.array(serviceKind).min(1).max(20) })
    .nullable()
    .describe('For each day with a service of these kinds.'),
  cancellation: z
    .array(tier)
    .max(10)
    .refine(...once<{ withinHours: number }>((each) => [each.withinHours], 'Each limit stands here once.'))
    .refine((tiers) => neverLessForShorter(tiers), { error: 'Shorter notice may not be paid less than longer notice.' })
    .describe('Share of the base when a service is called off with less notice than this.'),
  lateness: z.enum(['unpaid_by_minute', 'unpaid_by_step', 'paid']).describe('What is missed of a service.'),
  excused: z.enum(['paid', 'unpaid']).describe('Services missed with leave.'),
  payRoster: z
    .boolean()
    .describe('Whether who sits by the roster is paid by this scale too; otherwise they are on a salary.'),
  rounding: z.enum(roundings).describe('Of each line, to the minor unit.'),
});
export type PayTerms = z.output<typeof payTerms>;

function neverLessForShorter(tiers: readonly z.output<typeof tier>[]): boolean {
  const byNotice = tiers.toSorted((a, b) => a.withinHours - b.withinHours);
  return byNotice.every(({ rate: paid }, index) => paid >= (byNotice[index + 1]?.rate ?? 0));
}

/** What many agreements say; only the amounts are missing. */
export const usualTerms: PayTerms = {
  services: [
    { kind: 'rehearsal', baseMinor: 0, minutes: 150 },
    { kind: 'dress_rehearsal', baseMinor: 0, minutes: 150 },
    { kind: 'concert', baseMinor: 0, minutes: 150 },
  ],
  overtime: { graceMinutes: 0, stepMinutes: 15, rate: 15_000 },
  day: { minutes: 330, restMinutes: 180 },
  principal: 2_000,
  doubling: { by: 'steps', first: 1_200, second: 1_000, further: 800 },
  premiumsOn: 'base',
  guarantee: null,
  cartage: { per: 'engagement', amounts: [] },
  perDiem: null,
  cancellation: [
    { withinHours: 24, rate: 10_000 },
    { withinHours: 168, rate: 5_000 },
  ],
  lateness: 'unpaid_by_minute',
  excused: 'unpaid',
  payRoster: false,
  rounding: 'half_up',
};
