/** What the roster is narrowed to, in the address. */
export interface RosterSearch {
  q?: string;
  /** A day, `2026-09-01`; today when absent. */
  on?: string;
  /** Only vacant chairs and those whose holder is away. */
  open?: boolean;
}

export function readRosterSearch(search: Record<string, unknown>): RosterSearch {
  const { q, on } = search;
  return {
    q: typeof q === 'string' && q ? q : undefined,
    on: typeof on === 'string' && /^(19|2[01])\d\d-\d\d-\d\d$/.test(on) ? on : undefined,
    open: search['open'] === true || undefined,
  };
}
