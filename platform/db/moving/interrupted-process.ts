// Carries out one operation and dies by kill -9 when it comes to a certain step: a process of its own, for the tests.
import * as z from 'zod';
import { readConfig } from '../../config.ts';
import { openDatabases } from '../databases.ts';
import { eraseOrganisation } from './erase.ts';
import { moveOrganisation } from './move.ts';
import { restoreOrganisation } from './restore.ts';

const environment = z.object({
  KIND: z.enum(['move', 'restore', 'erase']),
  ORGANISATION: z.uuid(),
  DATABASE: z.uuid(),
  FILE: z.string(),
  /** The step; or so many milliseconds after the beginning. */
  DIES_AT: z.string(),
  ROLE_PREFIX: z.string(),
});
const { KIND, ORGANISATION, DATABASE, FILE, DIES_AT, ROLE_PREFIX } = environment.parse(process.env);

const die = () => process.kill(process.pid, 'SIGKILL');
const common = {
  by: { actor: 'command', requestId: 'interrupted' },
  onProgress: (step: string) => {
    if (step === DIES_AT) die();
  },
};
const databases = await openDatabases(readConfig(), ROLE_PREFIX);
if (/^\d+$/.test(DIES_AT)) setTimeout(die, Number(DIES_AT));
if (KIND === 'move')
  await moveOrganisation(databases, { organisationId: ORGANISATION, toDatabaseId: DATABASE, ...common });
if (KIND === 'restore') await restoreOrganisation(databases, { file: FILE, databaseId: DATABASE, ...common });
if (KIND === 'erase') await eraseOrganisation(databases, { organisationId: ORGANISATION, confirm: 'test', ...common });
await databases.close();
