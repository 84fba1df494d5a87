import { formatTime } from '#platform/time/format.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A change of something in a dossier, as far as its sentence needs it. */
export interface ToldChange {
  entity: string;
  operation: string;
  before: Fields | null;
  after: Fields | null;
  label: string | null;
}

export interface Names {
  zone: string;
  nameOf: (id: string) => string | undefined;
}

export interface Telling extends Names {
  /** As it was made, or before it went. */
  row: Fields;
  before: Fields;
  after: Fields;
  called: string | null;
  name: (id: unknown) => string | null;
}

export interface Words {
  added: (told: Telling) => string;
  removed: (told: Telling) => string;
  /** Parts of a sentence; none for what nobody needs to know. */
  changed: (told: Telling) => string[];
}

/** A thing with a name: “the task Book the hotel”, or “a task”. */
export function named(what: string, article: string, field = 'title') {
  return ({ called, row }: Pick<Telling, 'called' | 'row'>): string => {
    const name = typeof row[field] === 'string' && row[field] !== '' ? row[field] : called;
    return name ? `the ${what} “${name}”` : `${article} ${what}`;
  };
}

export const has = (fields: Fields, ...names: readonly string[]) => names.some((name) => name in fields);
export const said = (value: unknown) => String(value ?? '');

/** Words for what only gets added, removed and otherwise changed. */
export function plain(the: ReturnType<typeof named>, changed: (told: Telling) => string[] = () => []): Words {
  return {
    added: (told) => `added ${the(told)}`,
    removed: (told) => `removed ${the(told)}`,
    changed: (told) => {
      const parts = changed(told);
      return parts.length > 0 || Object.keys(told.after).length === 0 ? parts : [`changed ${the(told)}`];
    },
  };
}

export const person = ({ called, row, name }: Telling) =>
  called ?? name(row['resourceId']) ?? name(row['partyId']) ?? name(row['personId']) ?? 'somebody';

/** `no_show` → “no show” */
export function spaced(value: unknown): string {
  return said(value).replaceAll('_', ' ');
}

export function dayOf(date: unknown): string {
  return typeof date === 'string' && /^\d{4}-\d\d-\d\d/.test(date)
    ? formatTime(`${date.slice(0, 10)}T12:00:00.000Z`, 'UTC', 'day')
    : 'a day';
}
