import type { PolicyClause } from '../contract.ts';

/** What a permission's first word is about, as people say it. */
const titles: Readonly<Record<string, string>> = {
  organisation: 'The organisation',
  members: 'Members and roles',
  invitations: 'Invitations',
  apiKeys: 'API keys',
  support: 'Support access',
  resources: 'People, places and things',
  personalDetails: 'Personal details of people',
  availability: 'Availability',
  feeds: 'Calendar addresses',
  find: 'Finding who is free',
  claims: 'Holds and commitments',
  engagements: 'Engagements',
  intake: 'Forms and inquiries',
  parties: 'Contacts',
  history: 'History',
  imports: 'Imports',
  notices: 'Notices',
};

export interface ClauseGroup {
  title: string;
  clauses: readonly PolicyClause[];
}

/** Clauses by what they are about, in the order in which they come. */
export function groupClauses(clauses: readonly PolicyClause[]): ClauseGroup[] {
  const groups = new Map<string, PolicyClause[]>();
  for (const clause of clauses) {
    const topic = clause.permission.split('.')[0] ?? '';
    groups.set(topic, [...(groups.get(topic) ?? []), clause]);
  }
  return [...groups].map(([topic, its]) => ({ title: titles[topic] ?? inWords(topic), clauses: its }));
}

/** `priceBook` → “Price book”. */
function inWords(topic: string): string {
  const words = topic.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
