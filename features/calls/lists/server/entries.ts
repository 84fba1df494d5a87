import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { samePeople } from '../list-rules.ts';
import { findPeople, readPeople, type FoundPerson, type LineProblem, type NamedPerson } from '../names-rules.ts';
import { bump, lockDraft, requireSeen } from './open-draft.ts';
import { requireOthers, type Asker } from './who-sees-ranks.ts';

/** A list of more people is none. */
const peopleAtMost = 1_000;

interface Added {
  people: readonly { resourceId: string; note: string }[];
  /** Place of the first. */
  at?: number | undefined;
}

/** Who stands there already keeps their place. @throws AppError list_approved, own_list; invalid_input for who is no person in use */
export async function addPeople(tx: Tx, asker: Asker, listId: string, { people, at }: Added): Promise<void> {
  await lockDraft(tx, asker, listId);
  const ids = people.map(({ resourceId }) => resourceId);
  await requireOthers(tx, asker, ids);
  await requirePeople(tx, ids);
  const order = await orderOf(tx, listId);
  const there = new Set(order);
  const added = people.filter(({ resourceId }) => !there.has(resourceId) && there.add(resourceId));
  if (added.length === 0) return;
  if (order.length + added.length > peopleAtMost)
    throw invalid('people', `A list has at most ${peopleAtMost.toLocaleString('en')} people.`);
  const first = Math.min(at ?? order.length + 1, order.length + 1);
  await setOrder(tx, listId, order, (place) => (place < first ? place : place + added.length));
  await tx.query(
    `insert into ranked_entries (org_id, id, list_id, resource_id, place, note)
     select $1, w.id, $2, w.resource_id, w.place, w.note
       from json_to_recordset($3::json) as w(id uuid, resource_id uuid, place int, note text)`,
    [
      tx.scope.orgId,
      listId,
      JSON.stringify(
        added.map(({ resourceId, note }, index) => ({
          id: uuidv7(),
          resource_id: resourceId,
          place: first + index,
          note,
        })),
      ),
    ],
  );
  await bump(tx, listId);
}

async function requirePeople(tx: Tx, ids: readonly string[]): Promise<void> {
  const known = await tx.query<{ id: string; name: string; archived: boolean }>(
    `select id, name, archived_at is not null as archived from resources
      where org_id = $1 and kind = 'person' and id = any($2::uuid[])`,
    [tx.scope.orgId, ids],
  );
  if (known.length < new Set(ids).size) throw invalid('people', 'There is no person with this id.');
  const gone = known.find(({ archived }) => archived);
  if (gone) throw invalid('people', `${gone.name} is archived. Take them back into use first.`);
}

/** First to last. */
async function orderOf(tx: Tx, listId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select resource_id as id from ranked_entries where org_id = $1 and list_id = $2 order by place',
    [tx.scope.orgId, listId],
  );
  return rows.map(({ id }) => id);
}

/** Numbers them in this order; only rows whose place changes are written. In one statement, so that places may be exchanged. */
async function setOrder(
  tx: Tx,
  listId: string,
  order: readonly string[],
  placeOf: (place: number) => number = (place) => place,
): Promise<void> {
  await tx.query(
    `update ranked_entries e set place = w.place, updated_at = now()
       from unnest($3::uuid[], $4::int[]) as w(resource_id, place)
      where e.org_id = $1 and e.list_id = $2 and e.resource_id = w.resource_id and e.place <> w.place`,
    [tx.scope.orgId, listId, order, order.map((_, index) => placeOf(index + 1))],
  );
}

/** Those behind move up. @throws AppError not_found when they don't stand there */
export async function removePerson(tx: Tx, asker: Asker, listId: string, resourceId: string): Promise<void> {
  await lockDraft(tx, asker, listId);
  const gone = await tx.query(
    'delete from ranked_entries where org_id = $1 and list_id = $2 and resource_id = $3 returning id',
    [tx.scope.orgId, listId, resourceId],
  );
  if (gone.length === 0) throw notFound('This person on the list');
  await setOrder(tx, listId, await orderOf(tx, listId));
  await bump(tx, listId);
}

/** @throws AppError version_conflict when anything of the list has changed; invalid_input for another set of people */
export async function orderPeople(
  tx: Tx,
  asker: Asker,
  listId: string,
  { version, resourceIds }: { version: number; resourceIds: readonly string[] },
): Promise<void> {
  const list = await lockDraft(tx, asker, listId);
  requireSeen(list, version);
  const before = await orderOf(tx, listId);
  if (!samePeople(before, resourceIds))
    throw invalid('resourceIds', 'Send everybody on the list, each once, in the order that they are to have.');
  await setOrder(tx, listId, resourceIds);
  await bump(tx, listId);
}

/** @throws AppError not_found, version_conflict */
export async function changeNote(
  tx: Tx,
  asker: Asker,
  { id: listId, resourceId }: { id: string; resourceId: string },
  { version, note }: { version: number; note: string },
): Promise<void> {
  const list = await lockDraft(tx, asker, listId);
  requireSeen(list, version);
  const found = await tx.query(
    `update ranked_entries set note = $4, updated_at = now()
      where org_id = $1 and list_id = $2 and resource_id = $3 returning id`,
    [tx.scope.orgId, listId, resourceId, note],
  );
  if (found.length === 0) throw notFound('This person on the list');
  await bump(tx, listId);
}

/** Whom pasted lines mean, and whether they stand on the list already. @throws AppError file_unreadable, list_approved */
export async function readNames(
  tx: Tx,
  asker: Asker,
  listId: string,
  content: string,
): Promise<{ people: (FoundPerson & { there: boolean })[]; problems: LineProblem[] }> {
  await lockDraft(tx, asker, listId);
  const [order, known] = await Promise.all([
    orderOf(tx, listId),
    tx.query<NamedPerson>(
      `select id, name, email, archived_at is not null as archived from resources
        where org_id = $1 and kind = 'person'`,
      [tx.scope.orgId],
    ),
  ]);
  const there = new Set(order);
  const { people, problems } = findPeople(readPeople(content), known);
  return { people: people.map((one) => ({ ...one, there: there.has(one.resourceId) })), problems };
}
