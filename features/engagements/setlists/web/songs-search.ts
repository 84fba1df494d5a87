/** What the library is narrowed to, in the address. */
export interface SongsSearch {
  q?: string | undefined;
  archived?: true | undefined;
}

export function readSongsSearch({ q, archived }: Record<string, unknown>): SongsSearch {
  return { q: typeof q === 'string' && q ? q : undefined, archived: archived === true || undefined };
}
