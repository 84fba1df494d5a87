import { feature } from '#platform/http/feature.ts';
import { reports } from '../contract.ts';
import { fairness } from './fairness.ts';
import { fairnessCsv, responseTimesCsv } from './report-csv.ts';
import { responseTimes } from './response-times.ts';

export const reportsFeature = feature(reports, {
  fairness: ({ tx, caller }, { query }) => fairness(tx, caller, query, caller.organisation.zone),
  async fairnessCsv({ tx, caller }, { query }) {
    const { rows } = await fairness(tx, caller, query, caller.organisation.zone);
    return fairnessCsv(rows, { ranks: caller.can('lists.ranks'), fees: caller.can('calls.fees') });
  },
  responseTimes: ({ tx, caller }, { query }) => responseTimes(tx, query, caller.organisation.zone),
  responseTimesCsv: async ({ tx, caller }, { query }) =>
    responseTimesCsv(await responseTimes(tx, query, caller.organisation.zone)),
});
