import type { Command } from 'commander';
import { createApiKey } from '#features/identity/server/commands.ts';
import { roles } from '#platform/contract/contract.ts';
import { line } from '#platform/contract/fields.ts';
import { requireRole } from '../members.ts';
import type { Output } from '../output.ts';
import { requireOrganisation, withDatabases } from '../session.ts';

export function addKeyCommands(program: Command, output: Output): void {
  program
    .command('api-key')
    .description('keys for programs that use the API')
    .command('create')
    .description('make an API key and print it; nobody can read it again')
    .requiredOption('--org <slug>', 'the organisation that it is for')
    .requiredOption('--role <role>', roles.join(', '))
    .option('--name <name>', 'what it is for', 'Made by the command')
    .action(async (options: { org: string; role: string; name: string }) => {
      const role = requireRole(options.role);
      const name = line().parse(options.name);
      await withDatabases(async (databases) => {
        const { id } = await requireOrganisation(databases, options.org);
        const { key, apiKey } = await createApiKey(databases.control, id, { name, role, createdBy: null });
        output.result({ key, id: apiKey.id, name, role, organisation: options.org }, key);
      });
    });
}
