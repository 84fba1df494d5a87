import { partNames, type ActivityPart } from '../activity-rules.ts';

/** What the activity is narrowed to, in the address. */
export interface ActivitySearch {
  part?: ActivityPart | undefined;
  actor?: string | undefined;
}

export function readActivitySearch(search: Record<string, unknown>): ActivitySearch {
  const { part, actor } = search;
  return {
    part: partNames.find((name) => name === part),
    actor: typeof actor === 'string' && actor !== '' ? actor : undefined,
  };
}
