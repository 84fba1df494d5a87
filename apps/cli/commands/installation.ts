import type { Command } from 'commander';
import { readConfig } from '#platform/config.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { openInstallation, type Installation } from '#platform/db/installation.ts';
import { migrateAll, rollback, type Migrated } from '#platform/db/migrate-all.ts';
import { table, type Output } from '../output.ts';
import { withDatabases } from '../session.ts';

/** Mails shown at once, newest first. */
const mailsShown = 50;

export function addInstallationCommands(program: Command, output: Output): void {
  const migrations = program.command('migrate').description('schemas of the databases');
  migrations
    .command('up', { isDefault: true })
    .description('bring every database to the newest schema; what migrate alone does')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--parallel <count>', 'databases at once', '4')
    .action((options: { dryRun?: boolean; parallel: string }) => migrateEvery(options, output));
  migrations
    .command('rollback')
    .description('undo the newest migration, before an older version of the program is started')
    .option('--database <name>', 'of this database only; without it, of every tenant database')
    .action(({ database }: { database?: string }) => undoNewest(database, output));
  program
    .command('mail')
    .description('mail of the installation')
    .command('list')
    .description('the outbox: sign-in links and the like, for installations that send no mail')
    .action(() => withDatabases((databases) => listMail(databases, output)));
}

/** Opening the databases would already migrate them. */
async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const { installation, release } = await openInstallation(readConfig());
  try {
    return await work(installation);
  } finally {
    await release();
  }
}

async function migrateEvery(options: { dryRun?: boolean; parallel: string }, output: Output): Promise<void> {
  const { dryRun = false } = options;
  const parallel = Number(options.parallel);
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 64)
    throw invalid('parallel', 'Say how many databases to migrate at once: 1 to 64.');
  const all = await withInstallation((installation) => migrateAll(installation, { dryRun, parallel }));
  const upToDate = all.every(({ applied, error }) => applied.length === 0 && error === null);
  report(all, { dryRun }, output, upToDate ? 'Every database is up to date.' : undefined);
}

async function undoNewest(database: string | undefined, output: Output): Promise<void> {
  const all = await withInstallation((installation) => rollback(installation, database));
  report(all, { undone: true }, output);
  output.note('Start the older version now: a start or a command of this one brings the databases up again.');
}

/** @throws AppError migration_failed when one failed: the others' results go with it */
function report(all: readonly Migrated[], facts: object, output: Output, short?: string): void {
  const databases = Object.fromEntries(all.map(({ database, ...result }) => [database, result]));
  const rows = all.map(({ database, kind, from, to, applied, error }) => [
    database,
    kind,
    String(from),
    String(to),
    error ?? (applied.join(', ') || 'up to date'),
  ]);
  const text = table(['database', 'kind', 'from', 'to', 'migrations'], rows);
  const failed = all.filter(({ error }) => error !== null);
  if (failed.length === 0) return output.result({ ...facts, databases }, short ?? text);
  const names = failed.map(({ database }) => database).join(', ');
  const message = `${failed.length} of ${all.length} databases failed: ${names}. Mend what is said there and run the command again; it goes on with these.`;
  throw new AppError('migration_failed', {
    message: output.json ? message : `${text}\n\n${message}`,
    extra: { ...facts, databases },
  });
}

async function listMail({ control }: Databases, output: Output): Promise<void> {
  const items = await control
    .selectFrom('outgoing_mails')
    .select([
      'id',
      'recipient as to',
      'subject',
      'body as text',
      'created_at as createdAt',
      'sent_at as sentAt',
      'last_error as lastError',
    ])
    .orderBy('created_at', 'desc')
    .limit(mailsShown)
    .execute();
  const text = items.map(({ to, subject, text: body, createdAt, sentAt }) => {
    const state = sentAt === null ? 'not sent' : `sent ${sentAt}`;
    return `${createdAt}  to ${to}  (${state})\n${subject}\n\n${body.trim()}\n`;
  });
  output.result({ items }, text.length > 0 ? text.join('\n') : 'The outbox is empty.');
}
