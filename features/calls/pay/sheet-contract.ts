import * as z from 'zod';
import { date, id, instantOut } from '#platform/contract/fields.ts';
import { payLine } from './pay-line.ts';

/** Shapes of what was reckoned: before the calls, before approval, and approved. */

export const scaleRef = z
  .object({ id, name: z.string(), validFrom: date, currency: z.string() })
  .meta({ id: 'PayScaleRef' });
export type ScaleRef = z.output<typeof scaleRef>;

/** What keeps it from being right; each says what to do. */
export const payProblem = z.object({
  code: z.enum(['no_scale', 'no_base', 'other_currency', 'below_zero']),
  message: z.string(),
});
export type PayProblem = z.output<typeof payProblem>;

export const payPerson = z
  .object({
    resourceId: id,
    name: z.string(),
    skill: z.string().describe('Of the first of their chairs in the score; empty for who has none.'),
    services: z.int().describe('Services that they have a seat at.'),
    byRoster: z.boolean().describe('All of them by the roster, which this scale doesn’t pay.'),
    lines: z.array(payLine),
    totalMinor: z.int(),
  })
  .meta({ id: 'PayPerson' });
export type PayPerson = z.output<typeof payPerson>;

export const payDifference = z.object({
  resourceId: id,
  name: z.string(),
  beforeMinor: z.int(),
  afterMinor: z.int(),
});
export type PayDifference = z.output<typeof payDifference>;

export const payAdjustment = z
  .object({
    id,
    resourceId: id,
    name: z.string(),
    reason: z.string(),
    amountMinor: z.int(),
    currency: z.string().describe('That of the scale when it was made.'),
    version: z.int(),
  })
  .meta({ id: 'PayAdjustment' });
export type PayAdjustment = z.output<typeof payAdjustment>;

/** An approved revision, without its lines. */
export const sheetHead = z
  .object({
    id,
    engagementId: id,
    revision: z.int(),
    scaleName: z.string(),
    scaleFrom: date,
    currency: z.string(),
    totalMinor: z.int(),
    approvedBy: z.string().describe('The person or key behind the approval, by name.'),
    approvedAt: instantOut,
  })
  .meta({ id: 'PaySheetHead' });
export type SheetHead = z.output<typeof sheetHead>;

export const approvedSheet = z.object({
  sheet: sheetHead,
  people: z.array(payPerson),
  differences: z
    .array(payDifference)
    .nullable()
    .describe('To the revision before, of whom it changed; null for the first and for another currency.'),
});
export type ApprovedSheet = z.output<typeof approvedSheet>;

export const liveSheet = z.object({
  scale: scaleRef.nullable(),
  scales: z.array(z.string()).describe('Names to choose from.'),
  people: z.array(payPerson).describe('In score order.'),
  totalMinor: z.int(),
  adjustments: z.array(payAdjustment),
  problems: z.array(payProblem).describe('None may be left for approval.'),
  upcoming: z.int().describe('Services that aren’t over yet.'),
  seen: z.string().describe('Of exactly this reckoning: approval sends it back.'),
  approved: z.array(sheetHead).describe('The newest revision first.'),
  differences: z.array(payDifference).nullable().describe('To the newest revision.'),
});
export type LiveSheet = z.output<typeof liveSheet>;

const needEstimate = z.object({
  needId: id,
  title: z.string(),
  skill: z.string(),
  kind: z.enum(['principal', 'section']),
  places: z.int().describe('People wanted.'),
  open: z.int().describe('Of these not found yet.'),
  filledMinor: z.int(),
  openMinor: z.int(),
  totalMinor: z.int(),
  lines: z.array(payLine).describe('Like lines of all its people put together.'),
});
export type NeedEstimate = z.output<typeof needEstimate>;

export const engagementEstimate = z.object({
  scale: scaleRef.nullable(),
  needs: z.array(needEstimate),
  totalMinor: z.int(),
  problems: z.array(payProblem),
});
export type EngagementEstimate = z.output<typeof engagementEstimate>;

export const oneNeedEstimate = z.object({
  scale: scaleRef.nullable(),
  need: needEstimate,
  services: z.int().describe('That one person would play.'),
  person: z.object({ lines: z.array(payLine), totalMinor: z.int() }).describe('What one person would cost.'),
  problems: z.array(payProblem),
});
export type OneNeedEstimate = z.output<typeof oneNeedEstimate>;

export const myPay = z.object({
  sheet: sheetHead.omit({ totalMinor: true, approvedBy: true }),
  title: z.string(),
  person: payPerson,
});
export type MyPay = z.output<typeof myPay>;
