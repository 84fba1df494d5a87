import { feature } from '#platform/http/feature.ts';
import { history } from '../contract.ts';
import { listChanges } from './queries.ts';

export const historyFeature = feature(history, {
  list: ({ tx, services }, { query }) => listChanges(tx, services.databases.control, query),
});
