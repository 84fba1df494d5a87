/** What a list of people, places or things is narrowed to, in the address. */
export interface ResourceSearch {
  q?: string;
  skill?: string;
  tag?: string;
  archived?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

export function readResourceSearch(search: Record<string, unknown>): ResourceSearch {
  return {
    q: text(search['q']),
    skill: text(search['skill']),
    tag: text(search['tag']),
    archived: search['archived'] === true || undefined,
  };
}
