import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { inject } from 'vitest';
import { readConfig, type Config } from '../config.ts';
import { openDatabases, type Databases } from '../db/databases.ts';
import { withClient } from './connection.ts';
import { rolePrefix, templateName, testEncryptionKeys, testSecret } from './names.ts';

export interface TestDatabases {
  config: Config;
  databases: Databases;
  /** Superuser connections, for looking at what row security hides. */
  adminUrl: { control: string; tenant: string };
}

/** A fresh pair of control and tenant database, cloned from the run's template. */
export async function cloneDatabases(env: NodeJS.ProcessEnv = {}): Promise<TestDatabases> {
  const maintenance = inject('adminUrl');
  const name = `t_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const urlOf = (database: string) => maintenance.replace(/\/postgres$/, `/${database}`);
  await withClient(maintenance, async (admin) => {
    await admin.query(`create database ${name} template ${templateName}`);
    await admin.query(`create database ${name}_tenant template ${templateName}_tenant`);
  });
  await withClient(urlOf(name), (admin) => admin.query('update tenant_databases set name = $1', [`${name}_tenant`]));
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    DATABASE_URL: urlOf(name),
    HOLDFAST_SECRET: testSecret,
    HOLDFAST_ENCRYPTION_KEYS: testEncryptionKeys,
    HOLDFAST_DATA: path.join(inject('dataFolder'), name),
    HOLDFAST_ROLES: 'api',
    HOLDFAST_POOL: '8',
    PORT: '0',
    ...env,
  });
  const databases = await openDatabases(config, rolePrefix);
  return { config, databases, adminUrl: { control: urlOf(name), tenant: urlOf(`${name}_tenant`) } };
}
