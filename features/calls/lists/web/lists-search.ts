/** What the lists are narrowed to, in the address. */
export interface ListsSearch {
  /** Part of a skill's name. */
  q?: string | undefined;
  /** Lists that are over, too. */
  past?: boolean | undefined;
}

export function readListsSearch(search: Record<string, unknown>): ListsSearch {
  const { q } = search;
  return { q: typeof q === 'string' && q ? q : undefined, past: search['past'] === true || undefined };
}
