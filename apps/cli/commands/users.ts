import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { identity } from '#features/identity/contract.ts';
import { createUser } from '#features/identity/server/commands.ts';
import { roles } from '#platform/contract/contract.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { addMember, requireRole } from '../members.ts';
import type { Output } from '../output.ts';
import { requireOrganisation, withDatabases } from '../session.ts';

const newUser = identity.routes.setUp.body.shape.user;

interface CreateOptions {
  email: string;
  name: string;
  password?: string;
  org?: string;
  role: string;
}

export function addUserCommands(program: Command, output: Output): void {
  program
    .command('user')
    .description('users')
    .command('create')
    .description('make a user, who may sign in')
    .requiredOption('--email <email>', 'address to sign in with')
    .requiredOption('--name <name>', 'name that others see')
    .option('--password <password>', 'at least 12 characters; asked for in a terminal, made and printed otherwise')
    .option('--org <slug>', 'an organisation to belong to')
    .option('--role <role>', `role in it: ${roles.join(', ')}`, 'staff')
    .action(async (options: CreateOptions) => {
      const role = requireRole(options.role);
      const asks = options.password === undefined && process.stdin.isTTY && !output.json;
      const chosen = asks ? await askForPassword() : options.password;
      const made = randomBytes(15).toString('base64url');
      const input = newUser.parse({ name: options.name, email: options.email, password: chosen ?? made });
      await withDatabases((databases) =>
        create(databases, { ...options, ...input, role }, chosen === undefined ? made : undefined, output),
      );
    });
}

async function create(
  databases: Databases,
  { name, email, password, org, role }: CreateOptions & { password: string; role: ReturnType<typeof requireRole> },
  shown: string | undefined,
  output: Output,
): Promise<void> {
  const organisation = org === undefined ? undefined : await requireOrganisation(databases, org);
  const id = await createUser(databases.control, { name, email, password });
  if (organisation) await addMember(databases, organisation.id, id, role);
  const where = organisation ? ` They belong to ${organisation.name} as ${role}.` : '';
  const secret = shown === undefined ? '' : `\nPassword, shown this once: ${shown}`;
  output.result(
    {
      id,
      email: email.toLowerCase(),
      name,
      ...(organisation && { organisation: organisation.slug, role }),
      ...(shown !== undefined && { password: shown }),
    },
    `Made the user ${name}.${where}${secret}`,
  );
}

/** Asks twice, without showing what is typed. */
async function askForPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    process.stderr.write('Password (at least 12 characters): ');
    const first = await terminal.question('');
    process.stderr.write('\nThe same again: ');
    const second = await terminal.question('');
    process.stderr.write('\n');
    if (first !== second)
      throw new AppError('invalid_input', { message: 'The two passwords differ. Run the command again.' });
    return first;
  } finally {
    terminal.close();
  }
}
