import { AppError, invalid } from '#platform/contract/errors.ts';
import type { RouteInput } from '#platform/contract/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { parseFormula } from '#features/calls/instruments/formula-rules.ts';
import type { ChangedNeed, needs } from '../contract.ts';
import { demandOf, type Demand, type Work } from '../demand-rules.ts';
import { planNeeds, type ExistingNeed, type NeedsPlan, type PlannedSeat } from '../need-plan-rules.ts';
import { removeSeats } from './change-seats.ts';
import { dropNeeds } from './drop-needs.ts';
import { lockNeeds, serviceIds } from './queries.ts';
import { writeSeats } from './write-seats.ts';

type Works = RouteInput<(typeof needs)['routes']['applyFormula']>['body']['works'];

interface Answer {
  needs: ChangedNeed[];
  services: number;
}

/** @throws AppError formula_wrong, invalid_input, not_found */
export async function previewFormula(tx: Tx, engagementId: string, works: Works): Promise<Answer> {
  const { plan, services } = await planWorks(tx, engagementId, works);
  return { needs: await describe(tx, plan), services };
}

/** @throws AppError in_use, formula_wrong, invalid_input, not_found */
export async function applyFormula(tx: Tx, engagementId: string, works: Works, release: boolean): Promise<Answer> {
  const { plan, services } = await planWorks(tx, engagementId, works);
  const told = await describe(tx, plan);
  const gone = [...plan.remove.flatMap(({ seats }) => seats), ...plan.keep.flatMap(({ seats }) => seats.remove)];
  await removeSeats(tx, gone, { release, reason: 'The programme wants fewer players.' });
  await dropNeeds(
    tx,
    plan.remove.map(({ id }) => id),
  );
  await writePlan(tx, engagementId, plan);
  return { needs: told, services };
}

async function planWorks(tx: Tx, engagementId: string, works: Works): Promise<{ plan: NeedsPlan; services: number }> {
  const read = works.map(readWork);
  const existing = await lockNeeds(tx, engagementId);
  const services = await serviceIds(tx, engagementId);
  for (const [index, { scheduleItemIds }] of read.entries()) {
    if (!(scheduleItemIds ?? []).every((id) => services.includes(id)))
      throw invalid(`works.${index}.scheduleItemIds`, 'One of these is no service of this engagement.');
  }
  return { plan: planNeeds(existing, demandOf(read, services)), services: services.length };
}

/** @throws AppError formula_wrong, with the place in the text and a hint */
function readWork({ formula, scheduleItemIds }: Works[number], work: number): Work {
  const read = parseFormula(formula);
  if ('needs' in read) return { needs: read.needs, scheduleItemIds };
  const { at, message, hint } = read.error;
  const sentence = `At place ${at + 1}: ${message}`;
  throw new AppError('formula_wrong', {
    message: sentence,
    fields: [{ field: `works.${work}.formula`, message: sentence }],
    extra: { work, at, hint },
  });
}

/** What a plan does, for people: in the order of the needs, then what goes. */
async function describe(tx: Tx, { add, keep, remove }: NeedsPlan): Promise<ChangedNeed[]> {
  const losing = [...remove.flatMap(({ seats }) => seats), ...keep.flatMap(({ seats }) => seats.remove)];
  const names = await namesBySeat(tx, losing);
  const people = (seats: readonly PlannedSeat[]) => [...new Set(seats.flatMap(({ id }) => names.get(id) ?? []))];
  const staying = keep.map(({ need, demand, seats }) => ({
    sort: demand.sort,
    told: {
      change: sameNeed(need, demand) && seats.add.length + seats.remove.length === 0 ? 'same' : 'changed',
      title: demand.title,
      was: need.title === demand.title ? null : need.title,
      quantity: demand.quantity,
      added: seats.add.length,
      removed: seats.remove.length,
      people: people(seats.remove),
    } satisfies ChangedNeed,
  }));
  const coming = add.map(({ title, quantity, counts, sort }) => {
    const added = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const told: ChangedNeed = {
      change: 'added',
      title,
      was: null,
      quantity,
      added,
      removed: 0,
      people: [],
    };
    return { sort, told };
  });
  const going = remove.map(({ title, quantity, seats }): ChangedNeed => {
    return { change: 'removed', title, was: null, quantity, added: 0, removed: seats.length, people: people(seats) };
  });
  return [...[...staying, ...coming].toSorted((a, b) => a.sort - b.sort).map(({ told }) => told), ...going];
}

function sameNeed(need: ExistingNeed, demand: Demand): boolean {
  return (
    need.source === 'formula' &&
    need.title === demand.title &&
    need.kind === demand.kind &&
    need.everyService === demand.everyService &&
    need.quantity === demand.quantity &&
    need.doubles.join() === demand.doubles.join()
  );
}

async function namesBySeat(tx: Tx, seats: readonly PlannedSeat[]): Promise<Map<string, string>> {
  const ids = seats.flatMap(({ resourceId }) => resourceId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, name from resources where org_id = $1 and id = any($2::uuid[])',
    [tx.scope.orgId, ids],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return new Map(seats.flatMap(({ id, resourceId }) => (resourceId ? [[id, names.get(resourceId) ?? '']] : [])));
}

async function writePlan(tx: Tx, engagementId: string, plan: NeedsPlan): Promise<void> {
  const kept = plan.keep.map(({ need, demand }) => ({ id: need.id, ...columnsOf(demand) }));
  const added = plan.add.map((demand) => ({ id: uuidv7(), ...columnsOf(demand), counts: demand.counts }));
  await freeTitles(tx, plan, new Set([...kept, ...added].map(({ title }) => title)));
  await tx.query(
    `update needs n set skill = w.skill, title = w.title, kind = w.kind, doubles = w.doubles, every_service = w.every_service,
            quantity = w.quantity, sort = w.sort, source = 'formula', version = n.version + 1, updated_at = now()
       from json_to_recordset($2::json) as w(${columnTypes})
      where n.org_id = $1 and n.id = w.id and (n.skill, n.title, n.kind, n.doubles, n.every_service, n.quantity, n.sort, n.source)
            is distinct from (w.skill, w.title, w.kind, w.doubles, w.every_service, w.quantity, w.sort, 'formula')`,
    [tx.scope.orgId, JSON.stringify(kept)],
  );
  await tx.query(
    `insert into needs (org_id, id, engagement_id, skill, title, kind, doubles, every_service, quantity, sort, source)
     select $1, w.id, $2, w.skill, w.title, w.kind, w.doubles, w.every_service, w.quantity, w.sort, 'formula'
       from json_to_recordset($3::json) as w(${columnTypes})`,
    [tx.scope.orgId, engagementId, JSON.stringify(added)],
  );
  await writeSeats(tx, engagementId, [
    ...plan.keep.flatMap(({ need, seats }) => seats.add.map((seat) => ({ ...seat, needId: need.id }))),
    ...added.flatMap(({ id: needId, counts }) =>
      [...counts].flatMap(([scheduleItemId, count]) =>
        Array.from({ length: count }, (_, index) => ({ needId, scheduleItemId, number: index + 1 })),
      ),
    ),
  ]);
}

/** Titles are unique at any instant: a need that gives its title to another one is called by its id in between. */
async function freeTitles(tx: Tx, { keep }: NeedsPlan, titles: ReadonlySet<string>): Promise<void> {
  const giving = keep.filter(({ need, demand }) => need.title !== demand.title && titles.has(need.title));
  if (giving.length === 0) return;
  await tx.query('update needs set title = id::text where org_id = $1 and id = any($2::uuid[])', [
    tx.scope.orgId,
    giving.map(({ need }) => need.id),
  ]);
}

function columnsOf({ instrument, title, kind, doubles, everyService, quantity, sort }: Demand) {
  return { skill: instrument, title, kind, doubles, every_service: everyService, quantity, sort };
}

const columnTypes = `id uuid, skill text, title text, kind text, doubles text[], every_service boolean, quantity int, sort int`;
