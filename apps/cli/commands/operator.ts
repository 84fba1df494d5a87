import type { Command } from 'commander';
import { createOperatorKey, listOperatorKeys, revokeOperatorKey } from '#features/operator/server/keys.ts';
import { line } from '#platform/contract/fields.ts';
import { table, type Output } from '../output.ts';
import { withDatabases } from '../session.ts';

export function addOperatorCommands(program: Command, output: Output): void {
  const key = program
    .command('operator')
    .description('running the installation')
    .command('key')
    .description('keys for programs that run the installation; they enter no organisation');
  key
    .command('create')
    .description('make a key and print it; nobody can read it again')
    .requiredOption('--name <name>', 'what will use it')
    .action(async (options: { name: string }) => {
      const name = line(120).parse(options.name);
      await withDatabases(async ({ control }) => {
        const { id, key: secret } = await createOperatorKey(control, name);
        output.result({ id, name, key: secret }, secret);
      });
    });
  key
    .command('list')
    .description('list the keys, without their secrets')
    .action(() =>
      withDatabases(async ({ control }) => {
        const items = await listOperatorKeys(control);
        const rows = items.map(({ name, prefix, createdAt, revokedAt }) => [
          `${prefix}…`,
          name,
          createdAt.slice(0, 10),
          revokedAt === null ? 'in use' : `revoked ${revokedAt.slice(0, 10)}`,
        ]);
        const none = 'There is no key yet. Make one with: npm run holdfast -- operator key create --name …';
        output.result({ items }, rows.length > 0 ? table(['key', 'name', 'made', 'state'], rows) : none);
      }),
    );
  key
    .command('revoke')
    .description('end a key; programs that use it are refused within five seconds')
    .argument('<key>', 'its first characters as “list” shows them, or its id')
    .action((which: string) =>
      withDatabases(async ({ control }) => {
        const { id, name } = await revokeOperatorKey(control, which.replace(/…$/, ''));
        output.result({ id, name, revoked: true }, `The key ${name} is revoked.`);
      }),
    );
}
