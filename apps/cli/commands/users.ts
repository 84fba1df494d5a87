import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { pino } from 'pino';
import { identity } from '#features/identity/contract.ts';
import { createUser } from '#features/identity/server/commands.ts';
import { byCommand, writeEvent } from '#features/operator/server/operator-log.ts';
import { removeFactors, tellFactorsReset } from '#features/identity/server/reset-factors.ts';
import type { Config } from '#platform/config.ts';
import { roles } from '#platform/contract/contract.ts';
import { AppError } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import { OutboxMailer } from '#platform/mail/mailer.ts';
import { addMember, requireRole, requireUser } from '../members.ts';
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
  const user = program.command('user').description('users');
  user
    .command('operator')
    .description('let a user run the installation; it gives no right in any organisation')
    .requiredOption('--email <email>', 'address of the user')
    .option('--end', 'take it back instead')
    .action((options: { email: string; end?: true }) =>
      withDatabases((databases) => setOperator(databases, options.email, options.end !== true, output)),
    );
  user
    .command('reset-factor')
    .description('remove the second factors of a user who lost them, and sign all their devices out')
    .requiredOption('--email <email>', 'address of the user; make sure that it is them who asks')
    .action(({ email }: { email: string }) =>
      withDatabases((databases, config) => resetFactor(databases, config, email, output)),
    );
  user
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

async function setOperator(databases: Databases, email: string, operator: boolean, output: Output): Promise<void> {
  const user = await requireUser(databases, email);
  await databases.control.transaction().execute(async (trx) => {
    await trx.updateTable('users').set({ operator }).where('id', '=', user.id).execute();
    await writeEvent(
      trx,
      byCommand(),
      { action: operator ? 'makeOperator' : 'endOperator', detail: { userId: user.id } },
      'ok',
    );
  });
  output.result(
    { ...user, operator },
    operator ? `${user.name} runs this installation now.` : `${user.name} no longer runs this installation.`,
  );
}

async function resetFactor(databases: Databases, config: Config, email: string, output: Output): Promise<void> {
  const user = await requireUser(databases, email);
  const removed = await removeFactors(databases.control, user.id);
  await writeEvent(databases.control, byCommand(), { action: 'resetFactor', detail: { userId: user.id } }, 'ok');
  await tellFactorsReset(config, new OutboxMailer(config, databases, pino({ level: 'silent' })), user.email);
  const [app, keys] = [removed.totp ? 'The authenticator app' : 'No authenticator app', removed.passkeys];
  output.result(
    { ...user, ...removed },
    `${app} and ${keys === 1 ? 'one passkey' : `${keys} passkeys`} removed; ${user.name} is signed out everywhere and was told by mail.`,
  );
}

async function create(
  databases: Databases,
  { name, email, password, org, role }: CreateOptions & { password: string; role: ReturnType<typeof requireRole> },
  shown: string | undefined,
  output: Output,
): Promise<void> {
  const organisation = org === undefined ? undefined : await requireOrganisation(databases, org);
  const id = await createUser(databases.control, { name, email, password });
  if (organisation) await addMember(databases, organisation.id, id, { role, customRoleId: null });
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
