import { AppError } from '#platform/contract/errors.ts';
import type { RouteOutput } from '#platform/contract/contract.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { readCsv } from '#features/imports/rules-csv.ts';
import type { roster } from '../contract.ts';
import { readRosterRows } from '../csv-rules.ts';
import { planRoster, type Known, type RosterPlan } from '../import-plan-rules.ts';
import { addSkills } from './add-skills.ts';

type Preview = RouteOutput<typeof roster.routes.previewImport>;
type Report = RouteOutput<typeof roster.routes.import>;

/** Problems shown at once: nobody mends more before looking again. */
const problemsShown = 500;

/** @throws AppError file_unreadable */
export async function previewRoster(tx: Tx, content: string, zone: string): Promise<Preview> {
  const { rows, plan } = await planFile(tx, content, zone);
  return { ...reportOf(rows, plan), problems: plan.problems.slice(0, problemsShown) };
}

/** All rows or none. @throws AppError file_unreadable, rows_invalid with every problem */
export async function importRoster(tx: Tx, content: string, zone: string): Promise<Report> {
  // Two of the same file at once would both find its people missing.
  await takeTurn(tx, 'roster.import');
  const { rows, plan } = await planFile(tx, content, zone);
  refuseProblems(plan);
  await writePeople(tx, plan, zone);
  await writePositions(tx, plan);
  await writeChairs(tx, plan);
  return reportOf(rows, plan);
}

async function planFile(tx: Tx, content: string, zone: string): Promise<{ rows: number; plan: RosterPlan }> {
  const table = readCsv(content);
  const { rows, problems } = readRosterRows(table);
  const plan = planRoster(rows, await known(tx, zone), uuidv7);
  const all = [...problems, ...plan.problems].sort((a, b) => a.row - b.row);
  return { rows: table.rows.length, plan: { ...plan, problems: all } };
}

async function known(tx: Tx, zone: string): Promise<Known> {
  const of = [tx.scope.orgId];
  const [people, positions, chairs, [day]] = await Promise.all([
    tx.query<Known['people'][number]>(
      "select id, name, email, archived_at is not null as archived from resources where org_id = $1 and kind = 'person'",
      of,
    ),
    tx.query<Known['positions'][number]>(
      'select id, instrument, title, kind, doubles, chairs from positions where org_id = $1',
      of,
    ),
    tx.query<Known['chairs'][number]>(
      `select id, position_id as "positionId", number, resource_id as "resourceId", tenure,
              starts_on::text as "startsOn", ends_on::text as "endsOn" from chairs where org_id = $1`,
      of,
    ),
    tx.query<{ today: string }>('select ($1::timestamptz at time zone $2)::date::text as today', [tx.scope.now, zone]),
  ]);
  return { people, positions, chairs, today: day?.today ?? '' };
}

function reportOf(rows: number, plan: RosterPlan): Report {
  return {
    rows,
    people: plan.newPeople.length + plan.newEmails.length,
    positions: plan.newPositions.length + plan.widened.length,
    chairs: plan.newChairs.length,
    changed: plan.changedChairs.length,
    unchanged: plan.unchanged,
  };
}

function refuseProblems({ problems }: RosterPlan): void {
  const [first] = problems;
  if (!first) return;
  const where = `line ${first.row}${first.column === null ? '' : `, column ${first.column}`}`;
  const more = problems.length > 1 ? ` ${problems.length - 1} more to mend.` : '';
  throw new AppError('rows_invalid', {
    message: `Nothing was imported. In ${where}: ${first.message}${more}`,
    extra: { problems: problems.slice(0, problemsShown) },
  });
}

async function writePeople(tx: Tx, { newPeople, newEmails }: RosterPlan, zone: string): Promise<void> {
  await Promise.all([
    tx.query(
      `insert into resources (org_id, id, kind, name, email, zone)
       select $1, w.id, 'person', w.name, w.email, $3 from json_to_recordset($2::json) as w(id uuid, name text, email text)`,
      [tx.scope.orgId, JSON.stringify(newPeople), zone],
    ),
    tx.query(
      `update resources r set email = w.email, version = r.version + 1, updated_at = now()
         from json_to_recordset($2::json) as w(id uuid, email text) where r.org_id = $1 and r.id = w.id and r.email is null`,
      [tx.scope.orgId, JSON.stringify(newEmails)],
    ),
  ]);
}

async function writePositions(tx: Tx, { newPositions, widened }: RosterPlan): Promise<void> {
  await Promise.all([
    tx.query(
      `insert into positions (org_id, id, instrument, title, kind, chairs)
       select $1, w.id, w.instrument, w.title, w.kind, w.chairs
         from json_to_recordset($2::json) as w(id uuid, instrument text, title text, kind text, chairs int)`,
      [tx.scope.orgId, JSON.stringify(newPositions)],
    ),
    tx.query(
      `update positions p set chairs = w.chairs, version = p.version + 1, updated_at = now()
         from json_to_recordset($2::json) as w(id uuid, chairs int) where p.org_id = $1 and p.id = w.id and p.chairs < w.chairs`,
      [tx.scope.orgId, JSON.stringify(widened)],
    ),
  ]);
}

async function writeChairs(tx: Tx, { newChairs, changedChairs }: RosterPlan): Promise<void> {
  const set = `json_to_recordset($2::json) as w(id uuid, "positionId" uuid, number int, "resourceId" uuid, tenure text, "startsOn" date, "endsOn" date)`;
  // Changed ones first: who leaves a chair makes room. In one statement, so that two may change places.
  await tx.query(
    `update chairs c set number = w.number, tenure = w.tenure, ends_on = w."endsOn", version = c.version + 1, updated_at = now()
       from ${set} where c.org_id = $1 and c.id = w.id`,
    [tx.scope.orgId, JSON.stringify(changedChairs)],
  );
  await tx.query(
    `insert into chairs (org_id, id, position_id, number, resource_id, tenure, starts_on, ends_on)
     select $1, w.id, w."positionId", w.number, w."resourceId", w.tenure, w."startsOn", w."endsOn" from ${set}`,
    [tx.scope.orgId, JSON.stringify(newChairs)],
  );
  const rows = await tx.query<{
    resourceId: string;
    instruments: Parameters<typeof addSkills>[1][number]['instruments'];
  }>(
    `select c.resource_id as "resourceId", p.instrument || p.doubles as instruments
       from chairs c join positions p on p.org_id = c.org_id and p.id = c.position_id
      where c.org_id = $1 and c.id = any($2::uuid[])`,
    [tx.scope.orgId, newChairs.map(({ id }) => id)],
  );
  await addSkills(tx, rows);
}
