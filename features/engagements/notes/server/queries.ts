import { actorNames } from '#features/identity/server/actor-names.ts';
import { requirePart } from '#features/engagements/server/queries.ts';
import { notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { rowJson, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { note, type Note, type Visibility } from '../contract.ts';

/** Who last wrote is an actor here, and gets a name in `named`. */
export const noteShape: RowShape = {
  entity: note,
  computed: { excerpt: "left(regexp_replace(r.body, '\\s+', ' ', 'g'), 160)", editedByName: 'r.edited_by' },
};

const noteJson = rowJson(noteShape);

/** How far somebody reads notes. */
export interface NoteReader {
  /** Reads those for managers too. */
  private: boolean;
  /** Set: reads only what is for everyone, where this account takes part. */
  own: string | undefined;
}

/** @param own as in `OrgContext`, of `notes.read` */
export function readerOf(caller: { can(permission: string): boolean }, own: string | undefined): NoteReader {
  return { private: caller.can('notes.private') && own === undefined, own };
}

function readable({ private: all, own }: NoteReader): readonly Visibility[] {
  if (own !== undefined) return ['everyone'];
  return all ? ['everyone', 'team', 'managers'] : ['everyone', 'team'];
}

/** @throws AppError not_found for an engagement that isn't there or isn't the reader's */
export async function listNotes(
  tx: Tx,
  control: Databases['control'],
  engagementId: string,
  reader: NoteReader,
  { removed }: { removed: boolean } = { removed: false },
): Promise<{ items: Note[] }> {
  if (reader.own !== undefined) await requirePart(tx, engagementId, reader.own);
  const key = [tx.scope.orgId, engagementId];
  const [[engagement], rows] = await Promise.all([
    tx.query('select id from engagements where org_id = $1 and id = $2', key),
    tx.query<{ row: Note }>(
      `select ${noteJson} as row from notes r
        where r.org_id = $1 and r.engagement_id = $2 and r.visibility = any($3::text[])
          and r.removed_at is ${removed ? 'not null order by r.removed_at desc, r.id' : 'null order by r.sort, r.id'}`,
      [...key, readable(reader)],
    ),
  ]);
  if (!engagement) throw notFound('This engagement');
  return {
    items: await named(
      tx,
      control,
      rows.map(({ row }) => row),
    ),
  };
}

/** @throws AppError not_found, alike when it isn't there, is removed or isn't the reader's */
export async function getNote(
  tx: Tx,
  control: Databases['control'],
  id: string,
  reader: NoteReader,
  { removed }: { removed: boolean } = { removed: false },
): Promise<Note> {
  const [found] = await tx.query<{ row: Note }>(
    `select ${noteJson} as row from notes r
      where r.org_id = $1 and r.id = $2 and r.visibility = any($3::text[]) and r.removed_at is ${removed ? 'not null' : 'null'}`,
    [tx.scope.orgId, id, readable(reader)],
  );
  if (!found || !(await isTheirs(tx, found.row.engagementId, reader))) throw notFound('This note');
  const [shown] = await named(tx, control, [found.row]);
  return shown ?? found.row;
}

/** What others need of a note that this reader may read, and that isn't removed; undefined otherwise. */
export async function findNote(
  tx: Tx,
  id: string,
  reader: NoteReader,
): Promise<{ id: string; engagementId: string; title: string; visibility: Visibility } | undefined> {
  const [found] = await tx.query<{ id: string; engagementId: string; title: string; visibility: Visibility }>(
    `select id, engagement_id as "engagementId", title, visibility from notes
      where org_id = $1 and id = $2 and visibility = any($3::text[]) and removed_at is null`,
    [tx.scope.orgId, id, readable(reader)],
  );
  return found && (await isTheirs(tx, found.engagementId, reader)) ? found : undefined;
}

/** @throws AppError not_found */
export async function requireNote(tx: Tx, id: string, reader: NoteReader): Promise<void> {
  if (!(await findNote(tx, id, reader))) throw notFound('This note');
}

async function isTheirs(tx: Tx, engagementId: string, { own }: NoteReader): Promise<boolean> {
  if (own === undefined) return true;
  return requirePart(tx, engagementId, own).then(
    () => true,
    () => false,
  );
}

async function named(tx: Tx, control: Databases['control'], rows: readonly Note[]): Promise<Note[]> {
  const actors = rows.flatMap(({ editedByName }) => editedByName ?? []);
  if (actors.length === 0) return [...rows];
  const names = await actorNames(control, tx.scope.orgId, actors);
  return rows.map((row) => ({ ...row, editedByName: row.editedByName && (names.get(row.editedByName) ?? null) }));
}
