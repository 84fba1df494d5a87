/** A column that points at a contact, and what a merge does to it. A test finds the foreign key that nobody put here. */
export interface PartyReference {
  table: string;
  column: string;
  /** What such rows are, for people: one and many. */
  words: readonly [one: string, many: string];
  /** Columns that, with the contact, may stand only once: where the survivor has the same, the other's row is folded. */
  once?: readonly string[];
  /** Rows with a version: an editor who has one open is told that it changed. */
  versioned?: true;
  /** What a folded row points at besides: when that is gone, the row doesn't come back. */
  parents?: Readonly<Record<string, string>>;
  /** Instead of folding: says why the two can't be merged while both have such a row. */
  refuses?: string;
  /** Means the two and nobody else: it goes, and comes back when they are taken apart. */
  ends?: true;
}

export const partyReferences: readonly PartyReference[] = [
  {
    table: 'engagement_parties',
    column: 'party_id',
    words: ['role', 'roles'],
    once: ['engagement_id', 'role'],
    parents: { engagement_id: 'engagements' },
  },
  {
    table: 'engagement_people',
    column: 'party_id',
    words: ['place on a roster', 'places on rosters'],
    once: ['engagement_id'],
    versioned: true,
    // Times and travel name each of the two: which of them is meant is nothing to guess.
    refuses: 'Both are on the roster of the same engagement. Take one of them off it first.',
  },
  {
    table: 'guest_allotments',
    column: 'party_id',
    words: ['allotment of guests', 'allotments of guests'],
    versioned: true,
  },
  { table: 'inquiries', column: 'party_id', words: ['inquiry', 'inquiries'], versioned: true },
  { table: 'advance_links', column: 'party_id', words: ['link to an advance', 'links to advances'] },
  { table: 'follow_ups', column: 'party_id', words: ['follow-up', 'follow-ups'], versioned: true },
  {
    table: 'party_people',
    column: 'company_id',
    words: ['person', 'people'],
    once: ['person_id'],
    parents: { person_id: 'parties' },
  },
  {
    table: 'party_people',
    column: 'person_id',
    words: ['company', 'companies'],
    once: ['company_id'],
    parents: { company_id: 'parties' },
  },
  {
    table: 'party_distinctions',
    column: 'first_id',
    words: ['distinction', 'distinctions'],
    parents: { second_id: 'parties' },
    ends: true,
  },
  {
    table: 'party_distinctions',
    column: 'second_id',
    words: ['distinction', 'distinctions'],
    parents: { first_id: 'parties' },
    ends: true,
  },
  { table: 'party_merges', column: 'survivor_id', words: ['earlier merge', 'earlier merges'] },
];
