import { feature } from '#platform/http/feature.ts';
import { pay } from '../contract.ts';
import { addAdjustment, changeAdjustment, removeAdjustment } from './adjustments.ts';
import { approveSheet } from './approve-sheet.ts';
import { chooseScale } from './choose-scale.ts';
import { estimateEngagement, estimateOneNeed } from './estimates.ts';
import { getLiveSheet } from './live-sheet.ts';
import { changeScale, createScale, getScale, listScales, removeScale } from './scales.ts';
import { sheetCsv } from './sheet-csv.ts';
import { getSheet, getSheetHead, listMyPay } from './sheets.ts';

export const payFeature = feature(pay, {
  scales: ({ tx }) => listScales(tx),
  createScale: async ({ tx }, { body }) => getScale(tx, await createScale(tx, body)),
  async changeScale({ tx }, { params, body }) {
    await changeScale(tx, params.id, body);
    return getScale(tx, params.id);
  },
  removeScale: ({ tx }, { params }) => removeScale(tx, params.id).then(() => undefined),
  estimate: ({ tx }, { params }) => estimateEngagement(tx, params.id),
  estimateNeed: ({ tx }, { params, body }) => estimateOneNeed(tx, params.id, body.scheduleItemIds),
  sheet: ({ tx, services }, { params }) => getLiveSheet(tx, services.databases.control, params.id),
  chooseScale: ({ tx }, { params, body }) => chooseScale(tx, params.id, body.name).then(() => undefined),
  adjust: ({ tx }, { params, body }) => addAdjustment(tx, params.id, body),
  changeAdjustment: ({ tx }, { params, body }) => changeAdjustment(tx, params.id, body),
  removeAdjustment: ({ tx }, { params }) => removeAdjustment(tx, params.id).then(() => undefined),
  async approve({ tx, services }, { params, body }) {
    return getSheetHead(tx, services.databases.control, await approveSheet(tx, params.id, body.seen));
  },
  approved: ({ tx, services }, { params }) => getSheet(tx, services.databases.control, params.id),
  csv({ tx, reply }, { params }) {
    reply.header('content-disposition', 'attachment; filename="pay-sheet.csv"');
    return sheetCsv(tx, params.id);
  },
  mine: ({ tx, caller }) => listMyPay(tx, caller.userId),
});
