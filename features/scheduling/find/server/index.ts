import { feature } from '#platform/http/feature.ts';
import { find } from '../contract.ts';
import { findFree } from './queries.ts';

export const findFeature = feature(find, {
  find: ({ tx, caller }, { query }) => findFree(tx, query, caller.can('resources.rates')),
});
