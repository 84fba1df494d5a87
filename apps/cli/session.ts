import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig, type Config } from '#platform/config.ts';
import { AppError } from '#platform/contract/errors.ts';
import { openDatabases, type Databases } from '#platform/db/databases.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant, type Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { Announcer } from '#platform/live/announcer.ts';
import { decodeText } from '#platform/text/decode.ts';
import { organisationInput } from '#features/identity/contract.ts';

/**
 * Opens the databases for one command. They are closed whatever happens: the last to leave stops an embedded server.
 * What the command writes is announced, so that open boards show it at once.
 */
export async function withDatabases<T>(work: (databases: Databases, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  const databases = await openDatabases(config);
  const announcer = new Announcer(databases);
  announcer.start();
  try {
    return await work(databases, config);
  } finally {
    await announcer.stop();
    await databases.close();
  }
}

export interface FoundOrganisation {
  id: string;
  slug: string;
  name: string;
  packs: string[];
  zone: string;
  currency: string;
}

/** @throws AppError not_found saying how to make it */
export async function requireOrganisation(databases: Databases, slug: string): Promise<FoundOrganisation> {
  const found = await findOrganisation(databases, slug);
  if (found) return found;
  const wellFormed = organisationInput.slug.safeParse(slug).success;
  const how = wellFormed
    ? ` Make it with: npm run holdfast -- org create --slug ${slug} --name "…"`
    : ' See them with: npm run holdfast -- org list';
  throw new AppError('not_found', { message: `There is no organisation “${slug}”.${how}` });
}

export function findOrganisation({ control }: Databases, slug: string): Promise<FoundOrganisation | undefined> {
  return control
    .selectFrom('organisations')
    .select(['id', 'slug', 'name', 'packs', 'zone', 'currency'])
    .where('slug', '=', slug)
    .executeTakeFirst();
}

/** Runs transactions in an organisation, recorded in its history as the command's. */
export function inTenantOf(databases: Databases, orgId: string): <T>(work: (tx: Tx) => Promise<T>) => Promise<T> {
  const requestId = `command:${uuidv7()}`;
  return (work) => withTenant(databases, mintScope({ orgId, actor: 'command', requestId }), work);
}

/** A text file by its path from where the command was called (npm runs it in the project's folder). */
export function readText(file: string): string {
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const places = [...new Set([path.resolve(from, file), path.resolve(file)])];
  for (const place of places) {
    try {
      return decodeText(readFileSync(place));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error) || error.code === 'ENOENT') continue;
      throw new AppError('file_unreadable', {
        message: `${place} cannot be read (${String(error.code)}). Give the path of a file that may be read.`,
      });
    }
  }
  throw new AppError('file_unreadable', {
    message: `There is no file ${places[0]}. Give the path of the file to import.`,
  });
}
