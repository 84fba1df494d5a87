import type { Command } from 'commander';
import * as z from 'zod';
import { organisationInput } from '#features/identity/contract.ts';
import { createOrganisation } from '#features/identity/server/commands.ts';
import { setPlan } from '#features/organisations/server/plans.ts';
import {
  reopenOrganisation,
  resumeOrganisation,
  suspendOrganisation,
} from '#features/organisations/server/standing.ts';
import type { Databases } from '#platform/db/databases.ts';
import { table, type Output } from '../output.ts';
import { requireOrganisation, withDatabases } from '../session.ts';
import { addMember, byCommand, requireGrant, requireUser } from '../members.ts';
import { packNames } from '#features/organisations/packs/pack.ts';

const newOrganisation = z.strictObject(organisationInput);

interface CreateOptions {
  slug: string;
  name: string;
  pack?: string[];
  zone?: string;
  currency?: string;
  owner?: string;
}

export function addOrganisationCommands(program: Command, output: Output): void {
  const org = program.command('org').description('organisations');
  org
    .command('create')
    .description('make an organisation')
    .requiredOption('--slug <slug>', 'short name in addresses, like city-hall')
    .requiredOption('--name <name>', 'name that people read')
    .option('--pack <pack...>', `kinds of work: ${packNames.join(', ')}`)
    .option('--zone <zone>', 'time zone, like Europe/Berlin')
    .option('--currency <code>', 'currency, like EUR')
    .option('--owner <email>', 'a user of this installation who becomes its owner')
    .action((options: CreateOptions) => withDatabases((databases) => create(databases, options, output)));
  org
    .command('list')
    .description('list the organisations')
    .action(() => withDatabases((databases) => list(databases, output)));
  org
    .command('add-member')
    .description('let a user into an organisation')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--email <email>', 'address of the user')
    .option('--role <role>', 'one of the seven roles, or the name of one of its own', 'staff')
    .action((options: { org: string; email: string; role: string }) =>
      withDatabases((databases) => letIn(databases, options, output)),
    );
  addStandingCommands(org, output);
}

/** What only whoever runs the installation decides. */
function addStandingCommands(org: Command, output: Output): void {
  org
    .command('plan')
    .description('give an organisation another plan')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--plan <name>', 'unlimited, team or solo')
    .action(({ org: slug, plan }: { org: string; plan: string }) =>
      withDatabases((databases) => put(databases, slug, plan, output)),
    );
  org
    .command('suspend')
    .description('let nobody work in an organisation until it is resumed; its data stays')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--reason <text>', 'why, for its members to read')
    .action(({ org: slug, reason }: { org: string; reason: string }) =>
      withDatabases((databases) => stand(databases, slug, 'suspend', output, reason)),
    );
  for (const [name, description] of [
    ['resume', 'let a suspended organisation go on'],
    ['reopen', 'open a closed organisation again, within 30 days'],
  ] as const) {
    org
      .command(name)
      .description(description)
      .requiredOption('--org <slug>', 'the organisation')
      .action(({ org: slug }: { org: string }) => withDatabases((databases) => stand(databases, slug, name, output)));
  }
}

async function create(
  databases: Databases,
  { pack, owner, slug, name, zone, currency }: CreateOptions,
  output: Output,
): Promise<void> {
  const input = newOrganisation.parse({ slug, name, packs: pack, zone, currency });
  const user = owner === undefined ? undefined : await requireUser(databases, owner);
  const id = await createOrganisation(databases, input, user?.id);
  output.result({ id, ...input, owner: user?.email ?? null }, `Made the organisation ${input.name} (${slug}).`);
  if (!user)
    output.note(
      `Nobody belongs to it yet. Let a user in with: npm run holdfast -- org add-member --org ${slug} --email … --role owner`,
    );
}

async function list({ control }: Databases, output: Output): Promise<void> {
  const items = await control
    .selectFrom('organisations as o')
    .leftJoin('memberships as m', 'm.organisation_id', 'o.id')
    .select(({ fn }) => [
      'o.id',
      'o.slug',
      'o.name',
      'o.packs',
      'o.zone',
      'o.currency',
      'o.status',
      'o.created_at as createdAt',
      fn.count<number>('m.user_id').as('members'),
    ])
    .groupBy('o.id')
    .orderBy('o.slug')
    .execute();
  const rows = items.map(({ slug, name, packs, zone, currency, members }) => [
    slug,
    name,
    packs.join(', '),
    zone,
    currency,
    String(members),
  ]);
  const text =
    rows.length > 0
      ? table(['slug', 'name', 'packs', 'zone', 'currency', 'members'], rows)
      : 'There is no organisation yet. Make one with: npm run holdfast -- org create --slug … --name …';
  output.result({ items }, text);
}

async function letIn(
  databases: Databases,
  options: { org: string; email: string; role: string },
  output: Output,
): Promise<void> {
  const organisation = await requireOrganisation(databases, options.org);
  const grant = await requireGrant(databases, organisation.id, options.role);
  const user = await requireUser(databases, options.email);
  await addMember(databases, organisation.id, user.id, grant);
  output.result(
    { organisation: organisation.slug, email: user.email, role: options.role },
    `${user.name} belongs to ${organisation.name} as ${options.role}.`,
  );
}

async function put(databases: Databases, slug: string, plan: string, output: Output): Promise<void> {
  const { id, name } = await requireOrganisation(databases, slug);
  await setPlan({ databases }, byCommand(), id, plan);
  output.result({ organisation: slug, plan }, `${name} has the plan ${plan}.`);
}

type Standing = 'suspend' | 'resume' | 'reopen';

async function stand(databases: Databases, slug: string, change: Standing, output: Output, reason = ''): Promise<void> {
  const { id, name } = await requireOrganisation(databases, slug);
  const by = byCommand();
  if (change === 'suspend') await suspendOrganisation({ databases }, by, id, reason);
  else if (change === 'resume') await resumeOrganisation({ databases }, by, id);
  else await reopenOrganisation({ databases }, by, id);
  const said = { suspend: 'is suspended', resume: 'goes on', reopen: 'is open again' } as const;
  output.result({ organisation: slug, done: change }, `${name} ${said[change]}.`);
}
