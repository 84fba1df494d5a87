import { feature } from '#platform/http/feature.ts';
import { feeds } from '../contract.ts';
import { readFeed } from './read-feed.ts';

export const feedsFeature = feature(feeds, { read: readFeed });
