import { InvalidArgumentError, type Command } from 'commander';
import { importFields, importKinds } from '#features/imports/contract.ts';
import { planSeason } from '#features/imports/rules-nyphil.ts';
import type { Mapping } from '#features/imports/rules-csv-columns.ts';
import { bundledSeason } from '#features/imports/server/bundled.ts';
import { importCsv, previewCsv, type CsvImport } from '#features/imports/server/csv.ts';
import { importSeason } from '#features/imports/server/season.ts';
import { invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { demoSlug, ensureDemo } from '../demo.ts';
import type { Output } from '../output.ts';
import { seasonText } from '../season-text.ts';
import { inTenantOf, readText, requireOrganisation, withDatabases, type FoundOrganisation } from '../session.ts';

export function addImportCommands(program: Command, output: Output): void {
  program
    .command('demo')
    .description('make the organisation “demo” with a real season of concerts')
    .option('--owner <email>', 'a user who becomes its owner; the only user when there is one')
    .action((options: { owner?: string }) =>
      withDatabases(async (databases) => {
        const organisation = await ensureDemo(databases, options.owner, output);
        await season(databases, organisation, bundledSeason(), 150, output);
      }),
    );
  const imports = program.command('import').description('bring in what is elsewhere');
  imports
    .command('nyphil')
    .description('a season of the New York Philharmonic’s Performance History (JSON)')
    .argument('<file>', 'the file')
    .requiredOption('--org <slug>', 'the organisation; “demo” is made when it is missing')
    .option('--length <minutes>', 'how long a concert takes', minutes, 150)
    .action(async (file: string, options: { org: string; length: number }) => {
      const content = readText(file);
      await withDatabases(async (databases) => {
        const organisation =
          options.org === demoSlug
            ? await ensureDemo(databases, undefined, output)
            : await requireOrganisation(databases, options.org);
        await season(databases, organisation, content, options.length, output);
      });
    });
  imports
    .command('csv')
    .description('people, places or things from a CSV file: all rows or none')
    .argument('<file>', 'the file')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--kind <kind>', importKinds.join(', '))
    .option('--map <column=field...>', `columns, when their headings don't say: ${importFields.join(', ')}`)
    .option('--dry-run', 'say what would be done, and do nothing')
    .action(async (file: string, options: CsvOptions) => {
      const kind = importKinds.find((known) => known === options.kind);
      if (!kind) throw invalid('kind', `The kind must be ${importKinds.join(', ')}.`);
      const input = { kind, content: readText(file), mapping: options.map && mappingOf(options.map) };
      await withDatabases(async (databases) =>
        csv(databases, await requireOrganisation(databases, options.org), input, options.dryRun ?? false, output),
      );
    });
}

interface CsvOptions {
  org: string;
  kind: string;
  map?: string[];
  dryRun?: boolean;
}

function minutes(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 15 || value > 720)
    throw new InvalidArgumentError('Give whole minutes from 15 to 720.');
  return value;
}

function mappingOf(pairs: readonly string[]): Mapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      const field = importFields.find((known) => known === pair.slice(at + 1));
      if (at < 1 || !field)
        throw invalid('map', `“${pair}” must be like Heading=field, the field one of ${importFields.join(', ')}.`);
      return [pair.slice(0, at), field];
    }),
  );
}

async function season(
  databases: Databases,
  organisation: FoundOrganisation,
  content: string,
  length: number,
  output: Output,
): Promise<void> {
  const plan = planSeason(content, length);
  const total = plan.concerts.length;
  const onProgress = async (_: unknown, done: number) =>
    output.progress(done < total ? `${done} of ${total} concerts` : '');
  const report = await importSeason(inTenantOf(databases, organisation.id), plan, {
    packs: organisation.packs,
    onProgress,
  });
  output.result({ organisation: organisation.slug, ...report }, seasonText(report));
}

async function csv(
  databases: Databases,
  { id, slug, zone, currency }: FoundOrganisation,
  input: CsvImport,
  dryRun: boolean,
  output: Output,
): Promise<void> {
  const inTenant = inTenantOf(databases, id);
  if (!dryRun) {
    const report = await inTenant((tx) => importCsv(tx, input, { zone, currency }));
    return output.result(
      { organisation: slug, ...report },
      `${report.created} new, ${report.updated} changed, ${report.unchanged} as they were.`,
    );
  }
  const preview = await inTenant((tx) => previewCsv(tx, input, { zone, currency }));
  const columns = Object.entries(preview.mapping).map(([column, field]) => `  ${column} → ${field ?? '(left out)'}`);
  const problems = preview.problems.map(
    ({ row, column, message }) => `  line ${row}${column === null ? '' : `, ${column}`}: ${message}`,
  );
  const counts = `${preview.creates} new, ${preview.updates} changed, ${preview.unchanged} as they are; nothing was saved.`;
  output.result(
    { organisation: slug, ...preview },
    [counts, 'Columns:', ...columns, ...(problems.length > 0 ? ['To be mended:', ...problems] : [])].join('\n'),
  );
}
