import { Command, CommanderError } from 'commander';
import { apiVersion } from '#platform/http/docs.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addEncryptionCommands } from './commands/encryption.ts';
import { addImportCommands } from './commands/imports.ts';
import { addInstallationCommands } from './commands/installation.ts';
import { addKeyCommands } from './commands/keys.ts';
import { addMovingCommands } from './commands/moving.ts';
import { addOperatorCommands } from './commands/operator.ts';
import { addOrganisationCommands } from './commands/organisations.ts';
import { addTenantCommands } from './commands/tenants.ts';
import { addUserCommands } from './commands/users.ts';
import { describe } from './errors.ts';
import type { Output } from './output.ts';

/** Runs one command line. @returns the exit code: 0, or 1 after one sentence on standard error */
export async function runProgram(words: readonly string[], output: Output): Promise<0 | 1> {
  const program = buildProgram(output);
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    // Help and the version were printed: nothing is wrong.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    output.error(describe(error));
    return 1;
  }
}

function buildProgram(output: Output): Command {
  const program = new Command('holdfast')
    .description('Runs a Holdfast installation from the command line.')
    .version(apiVersion);
  addInstallationCommands(program, output);
  addOrganisationCommands(program, output);
  addMovingCommands(addTenantCommands(program, output), output);
  addUserCommands(program, output);
  addKeyCommands(program, output);
  addOperatorCommands(program, output);
  addImportCommands(program, output);
  addEncryptionCommands(program, output);
  addAuditCommands(program, output);
  prepare(program);
  return program;
}

/** `--json` may stand anywhere; errors are thrown and worded in one place. */
function prepare(command: Command): void {
  command
    .option('--json', 'print one line of JSON')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError();
  if (command.commands.length > 0) {
    command.action((_: unknown, { args: [word] }: Command) => {
      const known = command.commands.map((sub) => sub.name()).join(', ');
      const wrong =
        word === undefined ? `Say what to do: ${known}.` : `There is no command “${word}”. There are: ${known}.`;
      throw new CommanderError(1, 'usage', `${wrong} More with --help.`);
    });
    command.allowExcessArguments();
  }
  for (const sub of command.commands) prepare(sub);
}
