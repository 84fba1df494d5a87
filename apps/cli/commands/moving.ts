import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { eraseOrganisation } from '#platform/db/moving/erase.ts';
import { exportOrganisation } from '#platform/db/moving/export.ts';
import { moveOrganisation } from '#platform/db/moving/move.ts';
import type { OnProgress } from '#platform/db/moving/operation.ts';
import { restoreOrganisation } from '#platform/db/moving/restore.ts';
import type { TenantDatabase } from '#platform/db/tenant-database.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Output } from '../output.ts';
import { requireOrganisation, withDatabases } from '../session.ts';

/** @param tenant the group of commands that they belong to */
export function addMovingCommands(tenant: Command, output: Output): void {
  tenant
    .command('move')
    .description('to another database; reading goes on, writing waits for as long as the copy takes')
    .requiredOption('--org <slug>', 'the organisation')
    .option('--to <database>', 'name of the database')
    .option('--dedicated', 'to a database of its own, made for it')
    .action((options: MoveOptions) => withDatabases((databases) => move(databases, options, output)));
  tenant
    .command('export')
    .description('everything of one organisation, as one file')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--file <file>', 'the file to write')
    .action((options: { org: string; file: string }) =>
      withDatabases((databases) => exportTo(databases, options, output)),
    );
  tenant
    .command('restore')
    .description('an exported organisation, here or in another installation of the same version')
    .requiredOption('--file <file>', 'the file to read')
    .option('--database <database>', 'where it shall live; the emptiest shared one unless told')
    .action((options: { file: string; database?: string }) =>
      withDatabases((databases) => restore(databases, options, output)),
    );
  tenant
    .command('erase')
    .description('remove an organisation for good; export it first')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--confirm <slug>', 'its short name again')
    .action((options: { org: string; confirm: string }) =>
      withDatabases((databases) => erase(databases, options, output)),
    );
}

interface MoveOptions {
  org: string;
  to?: string;
  dedicated?: boolean;
}

async function move(databases: Databases, options: MoveOptions, output: Output): Promise<void> {
  const { id, slug, name } = await requireOrganisation(databases, options.org);
  const from = await databases.databaseOf(id);
  const to = await destination(databases, options);
  const moved = await moveOrganisation(databases, {
    organisationId: id,
    toDatabaseId: to.id,
    by: by(),
    onProgress: progress(output),
  });
  output.progress('');
  const { rows, frozenMs, settled } = moved;
  output.result(
    { organisation: slug, from: from.name, to: to.name, rows, frozenMs: Math.round(frozenMs), settled },
    `Moved ${name} from ${from.name} to ${to.name}: ${rows} rows. Writing waited for ${seconds(frozenMs)}.`,
  );
  if (!settled) output.note(`What is left of it in ${from.name} could not be removed now, and will be by itself.`);
  else if (from.kind === 'dedicated')
    output.note(`${from.name} is empty. Drop it with: npm run holdfast -- database remove --name ${from.name}`);
}

async function destination(databases: Databases, { org, to, dedicated = false }: MoveOptions): Promise<TenantDatabase> {
  if ((to !== undefined) === dedicated)
    throw invalid('to', 'Say where it shall live: --to with a name, or --dedicated.');
  if (to !== undefined) return requireDatabase(databases, to);
  return databases.createTenantDatabase({ name: await databases.newDatabaseName(org), kind: 'dedicated' });
}

async function requireDatabase(databases: Databases, name: string): Promise<TenantDatabase> {
  const found = (await databases.tenants()).find((database) => database.name === name);
  if (found) return found;
  throw invalid('database', `There is no database ${name}. See them with: npm run holdfast -- database list`);
}

async function exportTo(databases: Databases, options: { org: string; file: string }, output: Output): Promise<void> {
  const { id, slug, name } = await requireOrganisation(databases, options.org);
  const file = fromCaller(options.file);
  if (existsSync(file))
    throw new AppError('file_exists', { message: `${file} exists. Give another name, or remove it.` });
  const { rows, sums } = await exportOrganisation(databases, {
    organisationId: id,
    file,
    by: by(),
    onProgress: progress(output),
  });
  output.progress('');
  output.result({ organisation: slug, file, rows, sums }, `Wrote ${name} to ${file}: ${rows} rows.`);
  output.note('It holds personal data and works like a copy of the database: keep it as safe.');
}

async function restore(
  databases: Databases,
  options: { file: string; database?: string },
  output: Output,
): Promise<void> {
  const file = fromCaller(options.file);
  if (!existsSync(file)) throw new AppError('file_unreadable', { message: `There is no file ${file}.` });
  const database = options.database === undefined ? undefined : await requireDatabase(databases, options.database);
  const restored = await restoreOrganisation(databases, {
    file,
    databaseId: database?.id,
    by: by(),
    onProgress: progress(output),
  });
  output.progress('');
  const { organisation, rows, settled } = restored;
  const place = await databases.databaseOf(organisation.id);
  output.result(
    { organisation: organisation.slug, database: place.name, rows, settled },
    `Restored ${organisation.name} (${organisation.slug}) in ${place.name}: ${rows} rows, all checksums equal.`,
  );
  output.note('Members without an account here have one now, and sign in by a mailed link. Nobody was told.');
}

async function erase(databases: Databases, options: { org: string; confirm: string }, output: Output): Promise<void> {
  const { id, slug, name } = await requireOrganisation(databases, options.org);
  const erased = await eraseOrganisation(databases, {
    organisationId: id,
    confirm: options.confirm,
    by: by(),
    onProgress: progress(output),
  });
  output.progress('');
  output.result({ organisation: slug, ...erased }, `Erased ${name}: ${erased.rows} rows.`);
  if (!erased.settled) output.note('Some of its rows could not be removed now, and will be by themselves.');
}

function by() {
  return { actor: 'command', requestId: `command:${uuidv7()}` };
}

function progress(output: Output): OnProgress {
  return (step, done, total) => {
    const share = total ? ` ${Math.min(100, Math.round((100 * done) / total))} %` : '';
    output.progress(`${step}${share}`);
  };
}

/** npm runs the command in the project's folder; a path is meant from where it was called. */
function fromCaller(file: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(milliseconds < 1_000 ? 2 : 1)} s`;
}
