/** How long two merged contacts can be taken apart again. */
export const undoDays = 30;

/** Fields of which one value stays. Roles are put together; both are the same kind. */
export const choosable = ['name', 'email', 'phone', 'address', 'website', 'notes', 'externalRef'] as const;
export type Choosable = (typeof choosable)[number];

export interface Mergeable {
  name: string;
  email: string | null;
  phone: string | null;
  address: string;
  website: string | null;
  notes: string;
  externalRef: string | null;
  roles: readonly string[];
}

export interface MergeChoice {
  /** Whose value is the other's. */
  take: readonly Choosable[];
  joinNotes: boolean;
}

/** Roles that a contact may have at most: see the contract. */
const mostRoles = 20;
const longestNotes = 20_000;

/** What the surviving contact becomes: nothing that isn't one of the two's. */
export function mergedValues(survivor: Mergeable, other: Mergeable, { take, joinNotes }: MergeChoice): Mergeable {
  const chosen = Object.fromEntries(
    choosable.map((field) => [field, (take.includes(field) ? other : survivor)[field]]),
  );
  const roles = [...new Set([...survivor.roles, ...other.roles])].slice(0, mostRoles);
  const notes = joinNotes ? { notes: joined(survivor.notes, other.notes) } : {};
  return { ...survivor, ...chosen, roles, ...notes };
}

function joined(first: string, second: string): string {
  if (first.includes(second)) return first;
  return [first, second].filter(Boolean).join('\n\n').slice(0, longestNotes);
}

/** What to propose: what only the other has. */
export function proposedTake(survivor: Mergeable, other: Mergeable): Choosable[] {
  return choosable.filter((field) => !survivor[field] && Boolean(other[field]));
}
