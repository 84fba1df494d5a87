import type { Command } from 'commander';
import * as z from 'zod';
import type { Verification } from '#features/history/contract.ts';
import { getHead } from '#features/history/server/seals.ts';
import { verifyChanges } from '#features/history/server/verify.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { table, type Output } from '../output.ts';
import { inTenantOf, readText, requireOrganisation, withDatabases } from '../session.ts';

/** A head as `audit head` prints it and the web app saves it. */
const headFile = z.object({
  organisation: z.string(),
  seal: z.int().min(1),
  hash: z.string().regex(/^[0-9a-fA-F]{64}$/),
});
type KeptHead = z.output<typeof headFile>;

type Verified = Verification & { organisation: string };

interface VerifyOptions {
  org?: string;
  all?: boolean;
  head?: string;
}

export function addAuditCommands(program: Command, output: Output): void {
  const audit = program.command('audit').description('the record of changes, sealed in a chain of hashes');
  audit
    .command('head')
    .description('print the newest seal; keep it elsewhere, to prove later that nothing before it was changed')
    .requiredOption('--org <slug>', 'the organisation')
    .action((options: { org: string }) => withDatabases((databases) => printHead(databases, options.org, output)));
  audit
    .command('verify')
    .description('recompute every seal from the record and name each fault; exit code 1 when there is one')
    .option('--org <slug>', 'one organisation')
    .option('--all', 'every organisation')
    .option('--head <file>', 'heads that were kept elsewhere, one or a list, as JSON')
    .action((options: VerifyOptions) => withDatabases((databases) => verify(databases, options, output)));
}

async function printHead(databases: Databases, slug: string, output: Output): Promise<void> {
  const { id } = await requireOrganisation(databases, slug);
  const { head } = await inTenantOf(databases, id)((tx) => getHead(tx, slug));
  if (!head) {
    throw new AppError('not_found', {
      message: `The record of ${slug} has no seal yet. One is made each minute while the app runs.`,
    });
  }
  output.result(head, JSON.stringify(head));
}

async function verify(databases: Databases, { org, all, head }: VerifyOptions, output: Output): Promise<void> {
  if ((org === undefined) === !all) throw new AppError('usage', { message: 'Say which: --org <slug>, or --all.' });
  const kept = head === undefined ? [] : readHeads(head);
  const organisations =
    org === undefined ? await everyOrganisation(databases) : [await requireOrganisation(databases, org)];
  const unknown = kept.find(({ organisation }) => !organisations.some(({ slug }) => slug === organisation));
  if (unknown) {
    throw new AppError('not_found', {
      message: `The file has a head of “${unknown.organisation}”, which is not among the organisations to verify.`,
    });
  }
  const items: Verified[] = [];
  const unreachable: string[] = [];
  for (const { id, slug } of organisations) {
    output.progress(`Verifying ${slug} …`);
    const heads = kept.filter(({ organisation }) => organisation === slug);
    try {
      const found = await inTenantOf(databases, id)((tx) => verifyChanges(tx, databases.control, heads));
      items.push({ organisation: slug, ...found });
    } catch (error) {
      // One database that is down doesn't keep the others from being verified.
      if (!(error instanceof AppError) || error.code !== 'unavailable') throw error;
      unreachable.push(slug);
    }
  }
  output.progress('');
  output.result({ items, unreachable }, report(items));
  const broken = items.filter(({ sound }) => !sound).map(({ organisation }) => organisation);
  if (broken.length > 0) {
    throw new AppError('record_broken', { message: `The record is not sound: ${broken.join(', ')}.` });
  }
  if (unreachable.length > 0) {
    throw new AppError('unavailable', {
      message: `Not verified, because its database is not reachable: ${unreachable.join(', ')}.`,
    });
  }
}

function readHeads(file: string): KeptHead[] {
  try {
    const parsed: unknown = JSON.parse(readText(file));
    return z.array(headFile).parse(Array.isArray(parsed) ? parsed : [parsed]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid_input', { message: `${file} holds no head. Make one with: holdfast audit head.` });
  }
}

async function everyOrganisation({ control }: Databases): Promise<{ id: string; slug: string }[]> {
  return control.selectFrom('organisations').select(['id', 'slug']).orderBy('slug').execute();
}

function report(items: readonly Verified[]): string {
  const rows = items.map(({ organisation, sound, seals, changes, unsealed }) => [
    organisation,
    sound ? 'sound' : 'NOT SOUND',
    String(seals),
    String(changes),
    String(unsealed),
  ]);
  const faults = items.flatMap(({ organisation, faults: found, faultCount }) => [
    ...found.map(({ message }) => `${organisation}: ${message}`),
    ...(faultCount > found.length ? [`${organisation}: and ${faultCount - found.length} more.`] : []),
  ]);
  return [table(['Organisation', 'Record', 'Seals', 'Changes', 'Not yet sealed'], rows), ...faults].join('\n');
}
