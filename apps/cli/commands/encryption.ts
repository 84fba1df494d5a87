import type { Command } from 'commander';
import { AppError } from '#platform/contract/errors.ts';
import { keysInUse, rotateKeys, type KeysInUse, type SealedData } from '#platform/crypto/rotate.ts';
import { createSealer, type Sealer } from '#platform/crypto/seal.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Output } from '../output.ts';
import { inTenantOf, withDatabases } from '../session.ts';

export function addEncryptionCommands(program: Command, output: Output): void {
  const encryption = program.command('encryption').description('keys of encrypted fields');
  encryption
    .command('rotate')
    .description('encrypt every field with a new key, or go on where that was interrupted; the app may run')
    .action(() => withDatabases((databases, config) => rotate(dataOf(databases), createSealer(config), output)));
  encryption
    .command('status')
    .description('how many values each key has encrypted')
    .action(() =>
      withDatabases(async (databases, config) => {
        const newest = createSealer(config).newestKey();
        const inUse = await keysInUse(dataOf(databases));
        const lines = keyLines(inUse, newest);
        output.result({ newest, ...inUse }, lines.length > 0 ? lines.join('\n') : 'Nothing is encrypted yet.');
        requireAll(inUse);
      }),
    );
}

function dataOf(databases: Databases): SealedData {
  return { databases, inTenantOf: (orgId) => inTenantOf(databases, orgId) };
}

async function rotate(data: SealedData, sealer: Sealer, output: Output): Promise<void> {
  const rotation = await rotateKeys(data, sealer);
  const { resealed, unreadable, newest, made } = rotation;
  const nothing = !made && Object.keys(resealed).length === 0;
  const inUse = keyLines(rotation, newest);
  output.result(
    rotation,
    [
      ...Object.entries(resealed).map(([column, count]) => `${column}: ${count} encrypted anew`),
      ...unreadable.map((value) => `${value}: no key opens it; it stays as it is`),
      nothing
        ? `Everything is encrypted with the key ${newest}. To rotate, put a new key in front of HOLDFAST_ENCRYPTION_KEYS everywhere, start Holdfast again, and repeat this.`
        : `The newest key is ${newest}. ${inUse.length > 0 ? `Values by key:\n${inUse.join('\n')}` : 'Nothing is encrypted yet.'}`,
    ].join('\n'),
  );
  requireAll(rotation);
}

function keyLines({ keys }: KeysInUse, newest: string): string[] {
  return Object.entries(keys).map(([key, count]) => `  ${key}: ${count}${key === newest ? ' (newest)' : ''}`);
}

function requireAll({ unreached }: KeysInUse): void {
  if (unreached.length === 0) return;
  throw new AppError('unavailable', {
    message: `The databases of these organisations could not be reached: ${unreached.join(', ')}. Run the command again when they can.`,
    extra: { organisations: unreached },
  });
}
