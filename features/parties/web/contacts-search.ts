/** What the list of contacts is narrowed to, in the address. */
export interface ContactsSearch {
  q?: string;
  kind?: 'person' | 'company';
  role?: string;
  /** Instead of the list. */
  show?: 'follow-ups';
  /** Of the follow-ups: everybody’s, not only the reader’s. */
  whose?: 'all';
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

export function readContactsSearch(search: Record<string, unknown>): ContactsSearch {
  const { kind } = search;
  return {
    q: text(search['q']),
    kind: kind === 'person' || kind === 'company' ? kind : undefined,
    role: text(search['role']),
    show: search['show'] === 'follow-ups' ? 'follow-ups' : undefined,
    whose: search['whose'] === 'all' ? 'all' : undefined,
  };
}
