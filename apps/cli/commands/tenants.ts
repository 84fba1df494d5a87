import type { Command } from 'commander';
import * as z from 'zod';
import { organisationInput } from '#features/identity/contract.ts';
import { beginTenant, type Placement } from '#features/identity/server/create-tenant.ts';
import { packNames } from '#features/organisations/packs/pack.ts';
import { invalid } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { DatabaseState } from '#platform/db/database-states.ts';
import { requireUser } from '../members.ts';
import { table, type Output } from '../output.ts';
import { withDatabases } from '../session.ts';

const newOrganisation = z.strictObject(organisationInput);

interface CreateOptions {
  slug: string;
  name: string;
  pack?: string[];
  zone?: string;
  currency?: string;
  plan?: string;
  owner?: string;
  dedicated?: boolean;
  server?: string;
}

/** @returns the group, to which moving and the like are added */
export function addTenantCommands(program: Command, output: Output): Command {
  const tenant = program.command('tenant').description('organisations and where they live');
  tenant
    .command('create')
    .description('make an organisation, in a shared database or in one of its own')
    .requiredOption('--slug <slug>', 'short name in addresses, like city-hall')
    .requiredOption('--name <name>', 'name that people read')
    .option('--dedicated', 'give it a database of its own')
    .option(
      '--server <url>',
      'of another PostgreSQL: postgres://user:password@host:5432, or - to read it from standard input',
    )
    .option('--owner <email>', 'a user of this installation who becomes its owner')
    .option('--plan <plan>', 'its limits')
    .option('--pack <pack...>', `kinds of work: ${packNames.join(', ')}`)
    .option('--zone <zone>', 'time zone, like Europe/Berlin')
    .option('--currency <code>', 'currency, like EUR')
    .action((options: CreateOptions) => withDatabases((databases) => create(databases, options, output)));
  addDatabaseCommands(program, output);
  return tenant;
}

function addDatabaseCommands(program: Command, output: Output): void {
  const database = program.command('database').description('databases that organisations live in');
  database
    .command('list')
    .description('each with its health, schema version and organisations')
    .action(() => withDatabases((databases) => list(databases, output)));
  database
    .command('add')
    .description('make a database; new organisations go to the emptiest shared one')
    .requiredOption('--name <name>', 'name of the database')
    .option('--dedicated', 'for one organisation, to be moved there')
    .option('--server <url>', 'of another PostgreSQL, as for tenant create')
    .action((options: { name: string; dedicated?: boolean; server?: string }) =>
      withDatabases((databases) => add(databases, options, output)),
    );
  database
    .command('remove')
    .description('drop a database in which no organisation lives')
    .requiredOption('--name <name>', 'name of the database')
    .action(({ name }: { name: string }) => withDatabases((databases) => remove(databases, name, output)));
}

async function create(databases: Databases, options: CreateOptions, output: Output): Promise<void> {
  const { pack, owner, slug, name, zone, currency, plan } = options;
  const input = newOrganisation.parse({ slug, name, packs: pack, zone, currency });
  const placement = await placementOf(options);
  const user = owner === undefined ? undefined : await requireUser(databases, owner);
  const { id, finished } = await beginTenant(databases, {
    organisation: { ...input, ...(plan !== undefined && { plan }) },
    placement,
    ownerId: user?.id,
    requestedBy: 'command',
    onProgress: async (step, done, total) => output.progress(`${done + 1} of ${total}: ${step}`),
  });
  await finished;
  output.progress('');
  const { name: database, kind } = await databases.databaseOf(id);
  output.result(
    { id, ...input, owner: user?.email ?? null, database, kind },
    `Made the organisation ${input.name} (${slug}) in the ${kind} database ${database}.`,
  );
  if (!user)
    output.note(
      `Nobody belongs to it yet. Let a user in with: npm run holdfast -- org add-member --org ${slug} --email … --role owner`,
    );
}

async function placementOf({ dedicated = false, server }: CreateOptions): Promise<Placement> {
  if (dedicated) return { kind: 'dedicated', ...(server !== undefined && { server: await serverUrl(server) }) };
  if (server !== undefined) throw invalid('server', 'Another server is for a database of its own: add --dedicated.');
  return { kind: 'shared' };
}

/** On the command line others may read it; from standard input nobody does. */
async function serverUrl(given: string): Promise<string> {
  if (given !== '-') return given;
  let text = '';
  for await (const part of process.stdin) text += String(part);
  return text.trim();
}

async function list(databases: Databases, output: Output): Promise<void> {
  // Beside a running app this finds nothing to do.
  await databases.checkHealth();
  const items = await databases.databaseStates();
  const rows = items.map((state) => [
    state.name,
    state.kind,
    state.host ?? 'key missing',
    String(state.organisations),
    `${state.schemaVersion ?? 0} of ${state.newestVersion}`,
    healthOf(state),
  ]);
  output.result({ items }, table(['name', 'kind', 'server', 'organisations', 'schema', 'health'], rows));
}

function healthOf({ reachable, latencyMs, migrationError }: DatabaseState): string {
  if (reachable === false) return 'unreachable';
  if (migrationError !== null) return migrationError;
  return latencyMs === null ? 'not looked at yet' : `${latencyMs.toFixed(1)} ms`;
}

async function add(
  databases: Databases,
  { name, dedicated = false, server }: { name: string; dedicated?: boolean; server?: string },
  output: Output,
): Promise<void> {
  const kind = dedicated ? 'dedicated' : 'shared';
  const made = await databases.createTenantDatabase({
    name,
    kind,
    ...(server !== undefined && { adminUrl: await serverUrl(server) }),
    onProgress: (step, done, total) => output.progress(`${done + 1} of ${total}: ${step}`),
  });
  output.progress('');
  output.result({ id: made.id, name, kind }, `Made the ${kind} database ${name} on ${made.server.host}.`);
}

async function remove(databases: Databases, name: string, output: Output): Promise<void> {
  const database = (await databases.tenants()).find((one) => one.name === name);
  if (!database)
    throw invalid('name', `There is no database ${name}. See them with: npm run holdfast -- database list`);
  await databases.removeTenantDatabase(database.id);
  output.result({ name }, `Dropped the database ${name}.`);
}
