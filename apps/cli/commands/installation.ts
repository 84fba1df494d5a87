import type { Command } from 'commander';
import { readConfig } from '#platform/config.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { MigrationResult } from '#platform/db/migrate.ts';
import type { Output } from '../output.ts';
import { pendingMigrations } from '../pending-migrations.ts';
import { withDatabases } from '../session.ts';

/** Mails shown at once, newest first. */
const mailsShown = 50;

export function addInstallationCommands(program: Command, output: Output): void {
  program
    .command('migrate')
    .description('bring every database to the newest schema')
    .option('--dry-run', 'say what would be done, and do nothing')
    .action((options: { dryRun?: boolean }) => migrateAll(options.dryRun ?? false, output));
  program
    .command('mail')
    .description('mail of the installation')
    .command('list')
    .description('the outbox: sign-in links and the like, for installations that send no mail')
    .action(() => withDatabases((databases) => listMail(databases, output)));
}

async function migrateAll(dryRun: boolean, output: Output): Promise<void> {
  const databases = await pendingMigrations(readConfig());
  const waiting = Object.entries(databases).filter(([, { applied }]) => applied.length > 0);
  // Opening brings each database up to date.
  if (!dryRun && waiting.length > 0) await withDatabases(async () => undefined);
  const lines = waiting.map(([name, { applied }]) => `${name}: ${applied.join(', ')}`);
  const heading = dryRun ? 'Would be applied:' : 'Applied:';
  output.result(
    { dryRun, databases: describe(databases, dryRun) },
    lines.length > 0 ? [heading, ...lines].join('\n') : 'Every database is up to date.',
  );
}

function describe(
  databases: Readonly<Record<string, MigrationResult>>,
  dryRun: boolean,
): Record<string, MigrationResult> {
  const entries = Object.entries(databases).map(
    ([name, { from, applied }]) => [name, { from, to: dryRun ? from : from + applied.length, applied }] as const,
  );
  return Object.fromEntries(entries);
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
