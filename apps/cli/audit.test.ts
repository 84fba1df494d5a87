import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { openDatabases, type Databases } from '#platform/db/databases.ts';
import { withClient } from '#platform/test/connection.ts';
import { sealChanges } from '#features/history/server/seals.ts';
import { inTenantOf } from './session.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-audit-'));
const env = { ...process.env, NODE_ENV: 'test', HOLDFAST_DATA: folder, DATABASE_URL: undefined, INIT_CWD: folder };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The real command, as a child process. */
function holdfast(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['apps/cli/main.ts', ...words], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

async function writeAndSeal(databases: Databases, orgId: string): Promise<void> {
  const tenant = inTenantOf(databases, orgId);
  await tenant((tx) =>
    tx.query(`insert into parties (org_id, id, kind, name) values ($1, gen_random_uuid(), 'person', 'Ada')`, [orgId]),
  );
  await sealChanges(databases, orgId, tenant);
}

test(
  'a record is verified; a tampered one is named, and so is one that lost its end',
  { timeout: 180_000 },
  async () => {
    await holdfast('org', 'create', '--slug', 'city', '--name', 'City Hall');
    const databases = await openDatabases(readConfig(env));
    try {
      const { id } = await databases.control.selectFrom('organisations').select('id').executeTakeFirstOrThrow();
      expect((await holdfast('audit', 'head', '--org', 'city')).stderr).toContain('has no seal yet');
      await writeAndSeal(databases, id);
      await writeAndSeal(databases, id);
      const head = await holdfast('audit', 'head', '--org', 'city');
      expect(JSON.parse(head.stdout)).toMatchObject({ organisation: 'city', seal: 2, changes: 2 });
      writeFileSync(path.join(folder, 'head.json'), head.stdout);
      const sound = await holdfast('audit', 'verify', '--all', '--head', 'head.json', '--json');
      expect({ code: sound.code, ...JSON.parse(sound.stdout) }).toMatchObject({
        code: 0,
        items: [{ organisation: 'city', sound: true, seals: 2 }],
      });
      const { ownerUrl } = await databases.databaseOf(id);
      // The end goes, and the head that was kept beside it.
      await withClient(ownerUrl, (client) => client.query('delete from change_seals where number = 2'));
      await databases.control.deleteFrom('audit_heads').execute();
      const cut = await holdfast('audit', 'verify', '--org', 'city', '--head', 'head.json');
      expect(cut.code).toBe(1);
      expect(cut.stdout).toContain('the head that was given is seal 2: its end was cut off');
      await withClient(ownerUrl, (client) =>
        client.query(`update changes set actor = 'user:nobody' where entity = 'parties'`),
      );
      const altered = await holdfast('audit', 'verify', '--org', 'city', '--json');
      expect(JSON.parse(altered.stdout).items[0].faults).toContainEqual(
        expect.objectContaining({ kind: 'row_altered', entity: 'parties' }),
      );
      expect(JSON.parse(altered.stderr).error).toMatchObject({ code: 'record_broken' });
    } finally {
      await databases.close();
    }
    expect((await holdfast('audit', 'verify')).stderr).toContain('Say which: --org <slug>, or --all.');
  },
);
