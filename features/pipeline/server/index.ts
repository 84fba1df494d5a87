import { feature } from '#platform/http/feature.ts';
import { pipeline } from '../contract.ts';
import { getBoard, getForecast } from './queries.ts';

export const pipelineFeature = feature(pipeline, {
  board: ({ tx, services, caller }, { query }) =>
    getBoard(tx, services.databases.control, query, caller.organisation.zone),
  forecast: ({ tx, caller }, { query }) => getForecast(tx, query, caller.organisation.zone),
});
