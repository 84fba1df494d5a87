import { readBelongings, readPartyRecords, writeParties } from '#features/parties/server/write-parties.ts';
import { writeResources } from '#features/scheduling/resources/server/write-resources.ts';
import type { ResourceKind } from '#features/scheduling/resources/contract.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { takeTurn } from '#platform/db/turns.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { CsvPreview, ImportKind } from '../contract.ts';
import { readCsv, type CsvTable } from '../rules-csv.ts';
import { isVcard, readVcards } from '../rules-vcard.ts';
import { guessMapping, requireMapping, type Mapping } from '../rules-csv-columns.ts';
import { planPartyRows } from '../rules-csv-party-plan.ts';
import { planRows, type KnownResource } from '../rules-csv-plan.ts';
import { readRows, type RowProblem, type RowValues } from '../rules-csv-values.ts';

export interface CsvImport {
  kind: ImportKind;
  content: string;
  mapping?: Mapping | undefined;
}

/** What an organisation's rows take when a file doesn't say. */
export interface CsvDefaults {
  zone: string;
  currency: string;
}

export type CsvReport = { created: number; updated: number; unchanged: number };

/** Problems shown at once: nobody mends more before looking again. */
const problemsShown = 500;
const sampleRows = 10;

interface Read {
  table: CsvTable;
  mapping: Mapping;
  plan: AnyPlan;
}

/** What a file would do, whatever it lists. */
interface AnyPlan {
  creates: number;
  updates: number;
  unchanged: number;
  problems: RowProblem[];
  /** Does it. */
  write: () => Promise<void>;
}

/** @throws AppError file_unreadable, invalid_input for a mapping that doesn't fit */
async function planCsv(tx: Tx, { kind, content, mapping: given }: CsvImport, defaults: CsvDefaults): Promise<Read> {
  const table = isVcard(content) ? readVcards(content) : readCsv(content);
  const mapping = given ? requireMapping(table.columns, given, kind) : guessMapping(table.columns, kind);
  const { rows, problems } = readRows(table, mapping, kind, defaults.currency);
  const plan = await (kind === 'party' ? planParties(tx, rows) : planResources(tx, kind, rows, defaults));
  const all = [...problems, ...plan.problems].sort((a, b) => a.row - b.row);
  return { table, mapping, plan: { ...plan, problems: all } };
}

async function planResources(
  tx: Tx,
  kind: ResourceKind,
  rows: readonly RowValues[],
  { zone }: CsvDefaults,
): Promise<AnyPlan> {
  const refs = rows.flatMap(({ externalRef }) => externalRef ?? []);
  const { creates, updates, ...plan } = planRows(kind, rows, await knownResources(tx, kind, refs), uuidv7);
  const made = creates.map((resource) => ({ ...resource, zone: resource.zone || zone }));
  return {
    ...plan,
    creates: creates.length,
    updates: updates.length,
    write: () => writeResources(tx, made, updates),
  };
}

async function planParties(tx: Tx, rows: readonly RowValues[]): Promise<AnyPlan> {
  const [known, belongings] = await Promise.all([readPartyRecords(tx), readBelongings(tx)]);
  const { creates, companies, updates, ties, changed, ...plan } = planPartyRows(rows, known, belongings, uuidv7);
  return {
    ...plan,
    creates: creates.length,
    updates: changed,
    write: () => writeParties(tx, [...creates, ...companies], updates, ties),
  };
}

export async function previewCsv(tx: Tx, input: CsvImport, defaults: CsvDefaults): Promise<CsvPreview> {
  const { table, mapping, plan } = await planCsv(tx, input, defaults);
  return {
    columns: table.columns,
    mapping,
    rows: table.rows.length,
    creates: plan.creates,
    updates: plan.updates,
    unchanged: plan.unchanged,
    problems: plan.problems.slice(0, problemsShown),
    sample: table.rows
      .slice(0, sampleRows)
      .map(({ cells }) => Object.fromEntries(table.columns.map((column, index) => [column, cells[index] ?? '']))),
  };
}

/** How many rows there are. @throws AppError rows_invalid with every problem, file_unreadable, invalid_input */
export async function checkCsv(tx: Tx, input: CsvImport, defaults: CsvDefaults): Promise<number> {
  const { table, plan } = await planCsv(tx, input, defaults);
  refuseProblems(plan.problems);
  return table.rows.length;
}

/**
 * Imports all rows, or none. One at a time in an organisation: two of the same file at once would both
 * find its people missing.
 */
export async function importCsv(tx: Tx, input: CsvImport, defaults: CsvDefaults): Promise<CsvReport> {
  await takeTurn(tx, 'imports.csv');
  // The check of a foreign key keeps the plan that it made when the tables were small; while this very
  // transaction makes them large, that reads all of `resources` for each skill: 24 s for 20,000 rows, not 4 s.
  await tx.query("select set_config('plan_cache_mode', 'force_custom_plan', true)");
  const { plan } = await planCsv(tx, input, defaults);
  refuseProblems(plan.problems);
  await plan.write();
  return { created: plan.creates, updated: plan.updates, unchanged: plan.unchanged };
}

function refuseProblems(problems: readonly RowProblem[]): void {
  const [first] = problems;
  if (!first) return;
  const where = `line ${first.row}${first.column === null ? '' : `, column ${first.column}`}`;
  const more = problems.length > 1 ? ` ${problems.length - 1} more to mend.` : '';
  throw new AppError('rows_invalid', {
    message: `Nothing was imported. In ${where}: ${first.message}${more}`,
    extra: { problems: problems.slice(0, problemsShown) },
  });
}

/**
 * All of the kind, and whoever bears one of the references. The skills by index, row for row: joined to
 * an aggregate, a plan made when the tables were small took 35 s for 20,000 rows.
 */
function knownResources(tx: Tx, kind: ResourceKind, refs: readonly string[]): Promise<KnownResource[]> {
  return tx.query<KnownResource>(
    `select r.id, r.version, r.kind, r.name, r.email, r.phone, r.zone, r.address, r.latitude, r.longitude,
            r.rate_minor as "rateMinor", r.rate_currency as "rateCurrency", r.rate_unit as "rateUnit", r.tags, r.notes, r.capacity,
            r.parent_id as "parentId", r.external_ref as "externalRef", r.archived_at is not null as archived,
            coalesce((select json_agg(json_build_object('skill', s.skill, 'level', s.level) order by s.id)
                        from resource_skills s where s.org_id = r.org_id and s.resource_id = r.id), '[]'::json) as skills
       from resources r
      where r.org_id = $1 and (r.kind = $2 or r.external_ref = any($3::text[]))`,
    [tx.scope.orgId, kind, refs],
  );
}
