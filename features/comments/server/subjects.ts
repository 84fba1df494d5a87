import { findNote, readerOf } from '#features/engagements/notes/server/queries.ts';
import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Subject } from '../subject-kinds.ts';

/** Whoever asks, as far as their permissions. */
export interface Asker {
  can(permission: string): boolean;
}

export interface Found {
  engagementId: string | null;
  /** As people call it. */
  title: string;
}

interface SubjectKind {
  /** Permission to see such things at all, with everything of the organisation. */
  permission: string;
  /** One that this asker may see; undefined otherwise. */
  find(tx: Tx, id: string, asker: Asker): Promise<Found | undefined>;
}

const kinds: Readonly<Record<Subject, SubjectKind>> = {
  engagements: {
    permission: 'engagements.read',
    find: (tx, id) => row(tx, 'select id as "engagementId", title from engagements where org_id = $1 and id = $2', id),
  },
  notes: {
    permission: 'notes.read',
    find: (tx, id, asker) => findNote(tx, id, readerOf(asker, undefined)),
  },
  tasks: {
    permission: 'tasks.read',
    find: (tx, id) =>
      row(tx, 'select engagement_id as "engagementId", title from tasks where org_id = $1 and id = $2', id),
  },
};

async function row(tx: Tx, sql: string, id: string): Promise<Found | undefined> {
  const [found] = await tx.query<Found>(sql, [tx.scope.orgId, id]);
  return found;
}

/** What a comment is about, as far as this asker may see it. */
export async function findSubject(tx: Tx, subject: Subject, id: string, asker: Asker): Promise<Found | undefined> {
  const kind = kinds[subject];
  return asker.can(kind.permission) ? kind.find(tx, id, asker) : undefined;
}

/** @throws AppError not_found, alike for what isn't there and what isn't the asker's to see */
export async function requireSubject(tx: Tx, subject: Subject, id: string, asker: Asker): Promise<Found> {
  const found = await findSubject(tx, subject, id, asker);
  if (!found) throw notFound('What this is about');
  return found;
}

/** Only whoever wrote something changes it. */
export function notYours(): AppError {
  return new AppError('forbidden', { message: 'Only whoever wrote a comment may change it. Answer it instead.' });
}
