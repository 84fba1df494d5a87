import { AppError } from '../contract/errors.ts';
import type { Databases } from '../db/databases.ts';
import type { Tx } from '../db/tenant.ts';
import { addCounts, countByKey, queryOf, resealBatch, type Counts, type Resealed } from './reseal.ts';
import type { Sealer } from './seal.ts';
import { controlTables, tenantTables } from './sealed-columns.ts';

/** Transactions in one organisation's scope. */
type InTenant = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Where sealed values are. */
export interface SealedData {
  databases: Pick<Databases, 'control' | 'controlPool'>;
  inTenantOf: (orgId: string) => InTenant;
}

export interface KeysInUse {
  /** How many values each key has sealed, by key id. */
  keys: Counts;
  /** Organisations, by short name, whose database can't be reached, or that are being moved. */
  unreached: string[];
}

export interface Rotation extends Resealed, KeysInUse {
  newest: string;
  /** A new key was made for it; else it went on with the newest there was. */
  made: boolean;
}

/**
 * Seals every value with a new key: the one that was put in front of the configured keys, or one made now in the data
 * folder. What an interrupted rotation left over comes first; then no further key is made. The app may run: it reads
 * with every key, and a value that it changes meanwhile stays as it wrote it.
 */
export async function rotateKeys(data: SealedData, sealer: Sealer): Promise<Rotation> {
  let made = false;
  let done = await resealAll(data, sealer);
  if (Object.keys(done.resealed).length === 0 && done.unreached.length === 0) {
    made = sealer.addKey() !== undefined;
    if (made) done = await resealAll(data, sealer);
  }
  const { keys } = await keysInUse(data);
  return { newest: sealer.newestKey(), made, ...done, keys };
}

export async function keysInUse(data: SealedData): Promise<KeysInUse> {
  const keys: Counts = {};
  for (const table of controlTables) await countByKey(queryOf(data.databases.controlPool), table, null, keys);
  const unreached = await eachOrganisation(data, async (inTenant) => {
    const own = await inTenant(async (tx) => {
      const counts: Counts = {};
      for (const table of tenantTables) await countByKey(tx.query, table, tx.scope.orgId, counts);
      return counts;
    });
    addCounts(keys, own);
  });
  return { keys, unreached };
}

async function resealAll(data: SealedData, sealer: Sealer): Promise<Resealed & { unreached: string[] }> {
  const report: Resealed = { resealed: {}, unreadable: [] };
  for (const table of controlTables) {
    const query = queryOf(data.databases.controlPool);
    let after: string | undefined;
    do after = await resealBatch(query, sealer, table, null, after, report);
    while (after !== undefined);
  }
  const unreached = await eachOrganisation(data, (inTenant) => resealOrganisation(inTenant, sealer, report));
  return { ...report, unreached };
}

/** Each batch in a transaction of its own: whoever is interrupted begins again and finds only what is left. */
async function resealOrganisation(inTenant: InTenant, sealer: Sealer, report: Resealed): Promise<void> {
  for (const table of tenantTables) {
    let after: string | undefined;
    do {
      // A transaction may run twice; what it counts is added once it has committed.
      const [next, counted] = await inTenant(async (tx) => {
        const own: Resealed = { resealed: {}, unreadable: [] };
        await tx.query(`select set_config('app.reason', 'Encrypted with a new key', true)`);
        return [await resealBatch(tx.query, sealer, table, tx.scope.orgId, after, own), own] as const;
      });
      after = next;
      addCounts(report.resealed, counted.resealed);
      report.unreadable.push(...counted.unreadable);
    } while (after !== undefined);
  }
}

async function eachOrganisation(
  { databases, inTenantOf }: SealedData,
  work: (inTenant: InTenant) => Promise<void>,
): Promise<string[]> {
  const unreached: string[] = [];
  for (const { id, slug } of await databases.control
    .selectFrom('organisations')
    .select(['id', 'slug'])
    .orderBy('slug')
    .execute()) {
    try {
      await work(inTenantOf(id));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
      unreached.push(slug);
    }
  }
  return unreached;
}
