import type { Command } from 'commander';
import { createApiKey } from '#features/identity/server/commands.ts';
import { withControl } from '#platform/db/control.ts';
import { line } from '#platform/contract/fields.ts';
import { byCommand, requireKeyGrant } from '../members.ts';
import type { Output } from '../output.ts';
import { requireOrganisation, withDatabases } from '../session.ts';

export function addKeyCommands(program: Command, output: Output): void {
  program
    .command('api-key')
    .description('keys for programs that use the API')
    .command('create')
    .description('make an API key and print it; nobody can read it again')
    .requiredOption('--org <slug>', 'the organisation that it is for')
    .requiredOption('--role <role>', 'owner, manager, staff, or the name of a role of the organisation’s own')
    .option('--name <name>', 'what it is for', 'Made by the command')
    .action(async (options: { org: string; role: string; name: string }) => {
      const name = line().parse(options.name);
      await withDatabases(async (databases) => {
        const { id } = await requireOrganisation(databases, options.org);
        const grant = await requireKeyGrant(databases, id, options.role);
        const { key, apiKey } = await withControl({ databases }, byCommand(), (trx) =>
          createApiKey(trx, id, { name, ...grant, createdBy: null }),
        );
        output.result({ key, id: apiKey.id, name, role: options.role, organisation: options.org }, key);
      });
    });
}
