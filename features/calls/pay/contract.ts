import * as z from 'zod';
import { defineContract } from '#platform/contract/contract.ts';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { currency, date, id, line } from '#platform/contract/fields.ts';
import {
  approvedSheet,
  engagementEstimate,
  liveSheet,
  myPay,
  oneNeedEstimate,
  payAdjustment,
  sheetHead,
} from './sheet-contract.ts';
import { payTerms } from './terms.ts';

const day = date.refine((value) => value >= '1900-01-01' && value < '2200-01-01', {
  error: 'Must be a date between 1900 and 2199.',
});

export const payScale = entity('pay_scales', 'PayScale', {
  name: line(120).describe('Scales of one name follow each other in time.'),
  validFrom: day.describe('Until the next one of the same name.'),
  currency: currency.refine(isCurrency, { error: 'There is no such currency.' }),
  terms: payTerms,
});
export type PayScale = z.output<typeof payScale.row>;

function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

// Who may read the history isn't therefore somebody who may see pay.
restrictColumns('pay_scales', { terms: 'pay.read' });
restrictColumns('pay_adjustments', { reason: 'pay.read', amount_minor: 'pay.read' });
restrictColumns('pay_sheets', { total_minor: 'pay.read', reckoning: 'pay.read' });

const adjustment = {
  reason: line(200),
  amountMinor: z
    .int()
    .min(-10_000_000_000)
    .max(10_000_000_000)
    .refine((value) => value !== 0, { error: 'Enter an amount; below zero it is taken off.' }),
};

const params = z.object({ id });

export const pay = defineContract({
  name: 'pay',
  permissions: {
    'pay.read': {
      may: 'see pay scales, what engagements will cost, and pay sheets',
      roles: ['owner', 'manager'],
      own: ['staff', 'crew'],
      closedToSupport: true,
    },
    'pay.write': {
      may: 'change pay scales, choose one for an engagement, and adjust pay by hand',
      roles: ['owner', 'manager'],
      closedToSupport: true,
    },
    'pay.approve': { may: 'approve pay sheets', roles: ['owner', 'manager'], closedToSupport: true },
  },
  errors: { duplicate: 409, in_use: 409, sheet_changed: 409, sheet_incomplete: 409, sheet_unchanged: 409 },
  constraints: {
    pay_scales_from_once: {
      code: 'duplicate',
      message: 'This scale has terms from this day already. Change those, or choose another day.',
      field: 'validFrom',
    },
    pay_sheets_revision_once: {
      code: 'sheet_changed',
      message: 'Somebody else approved this sheet in the same moment. Look again.',
    },
    pay_sheets_engagement_exists: {
      code: 'in_use',
      message: 'Its pay sheet is approved, and that must stay known. Cancel it instead.',
    },
    pay_adjustments_resource_exists: {
      code: 'invalid_input',
      message: 'There is no person with this id.',
      field: 'resourceId',
    },
  },
  routes: {
    scales: {
      method: 'GET',
      path: '/pay-scales',
      permission: 'pay.read',
      summary: 'Every scale by name, the newest terms first.',
      output: z.object({ items: z.array(payScale.row) }),
    },
    createScale: {
      method: 'POST',
      path: '/pay-scales',
      permission: 'pay.write',
      summary: 'Makes a scale, or new terms of one from a day on.',
      body: payScale.create,
      status: 201,
      output: payScale.row,
      errors: ['duplicate'],
    },
    changeScale: {
      method: 'PATCH',
      path: '/pay-scales/:id',
      permission: 'pay.write',
      summary: 'Changes the given fields. Approved sheets stay as they are.',
      params,
      body: payScale.patch,
      output: payScale.row,
      errors: ['version_conflict', 'duplicate'],
    },
    removeScale: {
      method: 'DELETE',
      path: '/pay-scales/:id',
      permission: 'pay.write',
      summary: 'Removes terms by which nothing was approved.',
      params,
      status: 204,
      errors: ['in_use'],
    },
    estimate: {
      method: 'GET',
      path: '/engagements/:id/pay-estimate',
      permission: 'pay.read',
      summary: 'What the needs of an engagement will cost as planned, seats filled and open.',
      params,
      output: engagementEstimate,
    },
    estimateNeed: {
      method: 'POST',
      path: '/needs/:id/pay-estimate',
      permission: 'pay.read',
      summary: 'What one person would cost for a need, and all of it; saves nothing.',
      params,
      body: z.strictObject({
        scheduleItemIds: z
          .array(id)
          .min(1)
          .max(500)
          .optional()
          .describe('Services that they would play; those with open seats when absent.'),
      }),
      output: oneNeedEstimate,
      idempotent: false,
    },
    sheet: {
      method: 'GET',
      path: '/engagements/:id/pay',
      permission: 'pay.read',
      summary: 'What everybody gets by attendance and scale as of now, and what was approved.',
      params,
      output: liveSheet,
    },
    chooseScale: {
      method: 'PUT',
      path: '/engagements/:id/pay-scale',
      permission: 'pay.write',
      summary: 'Chooses the scale of an engagement, by its name.',
      params,
      body: z.strictObject({ name: line(120) }),
      status: 204,
    },
    adjust: {
      method: 'POST',
      path: '/engagements/:id/pay-adjustments',
      permission: 'pay.write',
      summary: 'Adds an amount by hand to somebody’s pay, with its reason.',
      params,
      body: z.strictObject({ id: id.optional(), resourceId: id, ...adjustment }),
      status: 201,
      output: payAdjustment,
      errors: ['sheet_incomplete'],
    },
    changeAdjustment: {
      method: 'PATCH',
      path: '/pay-adjustments/:id',
      permission: 'pay.write',
      summary: 'Changes an adjustment.',
      params,
      body: z.strictObject({
        version: z.int().min(1),
        reason: adjustment.reason.optional(),
        amountMinor: adjustment.amountMinor.optional(),
      }),
      output: payAdjustment,
      errors: ['version_conflict'],
    },
    removeAdjustment: {
      method: 'DELETE',
      path: '/pay-adjustments/:id',
      permission: 'pay.write',
      summary: 'Removes an adjustment. Approved sheets stay as they are.',
      params,
      status: 204,
    },
    approve: {
      method: 'POST',
      path: '/engagements/:id/pay-sheets',
      permission: 'pay.approve',
      summary: 'Approves what was seen as the next revision, which nobody can change.',
      params,
      body: z.strictObject({ seen: z.string().max(100).describe('As the sheet said it.') }),
      status: 201,
      output: sheetHead,
      errors: ['sheet_changed', 'sheet_incomplete', 'sheet_unchanged'],
    },
    approved: {
      method: 'GET',
      path: '/pay-sheets/:id',
      permission: 'pay.read',
      summary: 'An approved revision with every line, and what changed since the one before.',
      params,
      output: approvedSheet,
    },
    csv: {
      method: 'GET',
      path: '/pay-sheets/:id/csv',
      permission: 'pay.read',
      summary: 'The lines of an approved revision as CSV, amounts with a decimal point.',
      params,
      produces: 'text/csv; charset=utf-8',
    },
    mine: {
      method: 'GET',
      path: '/my-pay',
      permission: 'pay.read',
      own: true,
      summary: 'One’s own lines of approved sheets, the newest first; of each engagement the last revision.',
      output: z.object({ items: z.array(myPay) }),
    },
  },
});
