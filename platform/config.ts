import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { readFileSettings, type FileSettings } from './files/settings.ts';
import { readOidcProviders, type OidcProvider } from './oidc-providers.ts';

/** The environment, read once at start. Every variable that Holdfast looks at is here. */
const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOLDFAST_HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
  HOLDFAST_URL: z.url().optional().describe('Origin that users see, when a proxy stands in front.'),
  HOLDFAST_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe('How many proxies stand in front, one behind another; each adds an address, and no other is believed.'),
  HOLDFAST_DATA: z.string().default('data').describe('Folder of the embedded database, the secret and files.'),
  HOLDFAST_SECRET: z.string().min(32).optional().describe('Key of sessions and derived passwords; made when absent.'),
  HOLDFAST_ENCRYPTION_KEYS: z
    .string()
    .optional()
    .describe('Keys of sealed fields, id:base64 with commas between, the newest first; made when absent.'),
  HOLDFAST_ROLES: z.string().default('api,worker').describe('What this process does: api, worker or both.'),
  DATABASE_URL: z.url().optional().describe('A PostgreSQL 15+ to use; its user may create databases and roles.'),
  HOLDFAST_POOL: z.coerce.number().int().min(1).max(200).default(16).describe('Connections to each database.'),
  SMTP_URL: z.url().optional().describe('smtp:// or smtps:// URL; without it, mail stays in the outbox.'),
  MAIL_FROM: z.string().default('Holdfast <holdfast@localhost>'),
  HOLDFAST_SIGN_UP: z
    .enum(['invited', 'open'])
    .default('invited')
    .describe('Who may make an account: people with an invitation, or anybody with an e-mail address.'),
  HOLDFAST_OIDC: z
    .string()
    .optional()
    .describe('JSON list of sign-in providers: id, name, issuer, clientId, clientSecret, scopes, trustEmail.'),
  S3_URL: z.string().optional().describe('Bucket for files: https://KEY:SECRET@host/bucket?region=…; else a folder.'),
  CLAMAV_URL: z.string().optional().describe('ClamAV daemon: tcp://host:3310 or unix:/path/of/the/socket.'),
  HOLDFAST_SCAN: z
    .enum(['clamav', 'none'])
    .optional()
    .describe('clamav where CLAMAV_URL is set, else none: files are then served as downloads, marked as not scanned.'),
  HOLDFAST_FILES_GB: z.coerce
    .number()
    .min(0.01)
    .max(1_000_000)
    .default(10)
    .describe('Files of one organisation, in GB.'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
});

const processRoles = z.array(z.enum(['api', 'worker'])).min(1);

export interface Config {
  port: number;
  host: string;
  /** Origin that links in mails and feeds carry, without a slash at the end. */
  origin: string;
  /** Proxies whose word about the asker's address counts. */
  proxies: number;
  dataFolder: string;
  /** At least 32 characters; sessions and the database roles' passwords derive from it. */
  secret: string;
  /** `id:base64,id:base64`, the newest first; undefined: a file in the data folder. Read by platform/crypto. */
  encryptionKeys: string | undefined;
  roles: ReadonlySet<'api' | 'worker'>;
  databaseUrl: string | undefined;
  poolSize: number;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Anybody may sign up; otherwise accounts come by invitation and by the operator's command. */
  openSignUp: boolean;
  oidcProviders: readonly OidcProvider[];
  files: FileSettings;
  logLevel: string;
  /** Check every answer against its schema and refuse what it doesn't list. On in tests. */
  strictAnswers: boolean;
}

/** @throws {Error} whose message names each wrong variable and what it must be. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path: where, message }) => `  ${where.join('.')}: ${message}`);
    throw new Error(`These environment variables are wrong:\n${lines.join('\n')}`);
  }
  const value = parsed.data;
  const roles = processRoles.safeParse(value.HOLDFAST_ROLES.split(',').map((role) => role.trim()));
  if (!roles.success) throw new Error('HOLDFAST_ROLES must be api, worker, or both with a comma between.');
  const dataFolder = path.resolve(value.HOLDFAST_DATA);
  return {
    port: value.PORT,
    host: value.HOLDFAST_HOST,
    origin: (value.HOLDFAST_URL ?? `http://localhost:${value.PORT}`).replace(/\/$/, ''),
    proxies: value.HOLDFAST_PROXIES ?? (value.HOLDFAST_URL === undefined ? 0 : 1),
    dataFolder,
    secret: value.HOLDFAST_SECRET ?? secretFile(dataFolder),
    encryptionKeys: value.HOLDFAST_ENCRYPTION_KEYS,
    roles: new Set(roles.data),
    databaseUrl: value.DATABASE_URL,
    poolSize: value.HOLDFAST_POOL,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    openSignUp: value.HOLDFAST_SIGN_UP === 'open',
    oidcProviders: readOidcProviders(value.HOLDFAST_OIDC),
    files: readFileSettings(value, dataFolder),
    logLevel: value.LOG_LEVEL,
    strictAnswers: value.NODE_ENV === 'test',
  };
}

/** Reads a secret kept in a file, making it at the first start. Two first starts at once agree on one. */
export function secretFile(dataFolder: string, name = 'secret'): string {
  const file = path.join(dataFolder, name);
  mkdirSync(dataFolder, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
