import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createClient } from '#platform/client/client.ts';
import { readConfig } from '#platform/config.ts';
import { identity } from '#features/identity/contract.ts';
import { signIn } from '#features/identity/sign-in-contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { history } from '#features/history/contract.ts';
import { operator } from '#features/operator/contract.ts';
import { personalDetails } from '#features/scheduling/personal-details/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { startApp } from '#apps/server/start.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-cli-'));
const season = path.join(root, 'features/imports/data/nyphil-2024-25.json');
const env = { ...process.env, NODE_ENV: 'test', HOLDFAST_DATA: folder, DATABASE_URL: undefined, INIT_CWD: folder };

interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** The real command, as a child process. */
function holdfast(...words: string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['apps/cli/main.ts', ...words], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** With `--json`: the object on the only line of standard output. */
async function asJson(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await holdfast(...words, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return Object(JSON.parse(stdout));
}

async function refusal(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await holdfast(...words, '--json');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  return Object(JSON.parse(stderr)).error;
}

const serverRuns = () => existsSync(path.join(folder, 'postgres/postmaster.pid'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without a running app: starts the database, works, and stops it', { timeout: 180_000 }, async () => {
  expect(await asJson('migrate', '--dry-run')).toMatchObject({
    dryRun: true,
    databases: { holdfast: { from: 0, to: 0 } },
  });
  const made = await asJson(
    'org',
    'create',
    '--slug',
    'city',
    '--name',
    'City Hall',
    '--pack',
    'venue',
    '--zone',
    'Europe/Berlin',
  );
  expect(made).toMatchObject({ slug: 'city', packs: ['venue'], zone: 'Europe/Berlin', currency: 'EUR', owner: null });
  expect(serverRuns()).toBe(false);
  expect(await asJson('org', 'list')).toMatchObject({ items: [{ slug: 'city', name: 'City Hall', members: 0 }] });
  expect(await asJson('migrate')).toMatchObject({ dryRun: false, databases: { holdfast: { applied: [] } } });
});

test('refusals: exit code 1, a code, and a sentence that says what to do', { timeout: 180_000 }, async () => {
  expect(await refusal('org', 'create', '--slug', 'city', '--name', 'Again')).toMatchObject({
    code: 'slug_taken',
    fields: [{ field: 'slug' }],
  });
  expect(await refusal('org', 'create', '--slug', 'Bad Slug', '--name', 'X', '--zone', 'Mars/Base')).toMatchObject({
    code: 'invalid_input',
    fields: [{ field: 'slug' }, { field: 'zone' }],
  });
  expect(await refusal('org', 'create', '--slug', 'x', '--name', 'X', '--owner', 'nobody@x.org')).toMatchObject({
    code: 'user_unknown',
  });
  expect(await refusal('api-key', 'create', '--org', 'city', '--role', 'boss')).toMatchObject({
    message: expect.stringContaining('The role must be owner, manager or staff.'),
  });
  expect(await refusal('api-key', 'create', '--org', 'city')).toMatchObject({ code: 'usage' });
  expect(await refusal('user', 'reset-factor', '--email', 'nobody@x.org')).toMatchObject({ code: 'user_unknown' });
  expect(await refusal('user', 'create', '--email', 'no', '--name', 'N', '--password', 'short')).toMatchObject({
    fields: [{ field: 'email' }, { field: 'password' }],
  });
  expect(await refusal('import', 'nyphil', 'missing.json', '--org', 'city')).toMatchObject({ code: 'file_unreadable' });
  expect(await refusal('import', 'nyphil', season, '--org', 'city', '--length', '5')).toMatchObject({ code: 'usage' });
  expect(await refusal('dance')).toMatchObject({
    code: 'usage',
    message: expect.stringContaining('There is no command “dance”'),
  });
  const plain = await holdfast('import', 'nyphil', season, '--org', 'nowhere');
  expect(plain).toMatchObject({ code: 1, stdout: '' });
  expect(plain.stderr.trim()).toBe(
    'There is no organisation “nowhere”. Make it with: npm run holdfast -- org create --slug nowhere --name "…"',
  );
  expect((await holdfast('--help')).stdout).toContain('api-key');
});

test('a CSV: looked at, imported, again without change; a wrong row refuses all', { timeout: 180_000 }, async () => {
  const file = path.join(folder, 'crew.csv');
  writeFileSync(file, Buffer.from('Name;Instrument;Wer\nJos\xe9;Cello:4;jose@x.org\n', 'latin1'));
  const csv = (...more: string[]) => ['import', 'csv', 'crew.csv', '--org', 'city', '--kind', 'person', ...more];
  const map = ['--map', 'Name=name', 'Instrument=skills', 'Wer=email'];
  expect(await asJson(...csv('--dry-run', ...map))).toMatchObject({ creates: 1, sample: [{ Name: 'José' }] });
  expect(await asJson(...csv(...map))).toMatchObject({ created: 1, updated: 0, unchanged: 0 });
  expect(await asJson(...csv(...map))).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  writeFileSync(file, 'Name;Wer\nAda;ada@x.org\nBob;not-an-address\n');
  expect(await refusal(...csv('--map', 'Name=name', 'Wer=email'))).toMatchObject({
    code: 'rows_invalid',
    problems: [{ row: 3, column: 'Wer' }],
  });
  expect(await refusal(...csv('--map', 'Name=nonsense'))).toMatchObject({ code: 'invalid_input' });
  expect(await asJson(...csv('--dry-run', ...map.slice(0, 2)))).toMatchObject({ creates: 2, unchanged: 0 });
});

test(
  'beside a running app: keys and imports are there at once, and the owner goes on working',
  { timeout: 180_000 },
  async () => {
    const app = await startApp(readConfig({ ...env, HOLDFAST_ROLES: 'api', LOG_LEVEL: 'fatal', PORT: '0' }));
    try {
      await app.http.listen({ port: 0, host: '127.0.0.1' });
      const address = app.http.server.address();
      const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
      const setUp = {
        user: { name: 'Olga', email: 'olga@x.org', password: 'correct horse battery' },
        organisation: { name: 'Mine', slug: 'mine' },
      };
      const cookie = await signedIn(baseUrl, setUp);

      expect(
        await asJson('user', 'create', '--email', 'Max@x.org', '--name', 'Max', '--org', 'mine', '--role', 'manager'),
      ).toMatchObject({
        email: 'max@x.org',
        organisation: 'mine',
        password: expect.stringMatching(/^\S{20}$/),
      });
      expect(await refusal('user', 'create', '--email', 'max@x.org', '--name', 'Max')).toMatchObject({
        code: 'invalid_input',
      });
      expect(await asJson('user', 'operator', '--email', 'Max@x.org')).toMatchObject({ operator: true });
      expect(await asJson('user', 'operator', '--email', 'max@x.org', '--end')).toMatchObject({ operator: false });
      expect(await asJson('user', 'reset-factor', '--email', 'max@x.org')).toMatchObject({ totp: false, passkeys: 0 });
      await asJson('org', 'create', '--slug', 'second', '--name', 'Second', '--owner', 'olga@x.org');
      expect(
        await asJson('org', 'add-member', '--org', 'city', '--email', 'olga@x.org', '--role', 'owner'),
      ).toMatchObject({ role: 'owner' });
      const me = await createClient(identity, { baseUrl, headers: { cookie } }).me({});
      expect(me.organisations.map(({ slug, role }) => `${slug} ${role}`)).toEqual([
        'city owner',
        'mine owner',
        'second owner',
      ]);

      const first = await asJson('import', 'nyphil', season, '--org', 'demo');
      expect(first).toMatchObject({
        organisation: 'demo',
        programmes: 144,
        concerts: 252,
        venues: 28,
        people: 258,
        commits: 1_026,
        created: 1_714,
      });
      expect(first['conflicts']).toHaveLength(8);
      const { key } = await asJson('api-key', 'create', '--org', 'demo', '--role', 'owner', '--name', 'Test');
      const options = { baseUrl, headers: { authorization: `Bearer ${String(key)}` } };
      expect((await createClient(engagements, options).list({ org: 'demo', query: {} })).total).toBe(252);
      expect((await createClient(resources, options).list({ org: 'demo', query: { kind: 'place' } })).total).toBe(28);
      const made = await asJson('operator', 'key', 'create', '--name', 'Provisioning');
      const program = { baseUrl, headers: { authorization: `Bearer ${String(made['key'])}` } };
      const seen = await createClient(operator, program).listOrganisations({ query: { q: 'demo' } });
      expect(seen.items).toMatchObject([{ slug: 'demo', status: 'active' }]);
      const { items: done } = await createClient(operator, program).listEvents({ query: {} });
      expect(done.map(({ action }) => action)).toEqual(['createKey', 'resetFactor', 'endOperator', 'makeOperator']);
      expect(await asJson('operator', 'key', 'list')).toMatchObject({ items: [{ id: made['id'], revokedAt: null }] });
      expect(await asJson('operator', 'key', 'revoke', String(made['id']))).toMatchObject({ revoked: true });
      const changed = () => createClient(history, options).list({ org: 'demo', query: { limit: 1 } });
      const changes = async () => (await changed()).total;
      // What happens to the organisation in the control database comes into its record a moment later.
      await expect.poll(async () => (await changed()).items[0]?.entity, { timeout: 10_000 }).toBe('api_keys');
      const before = await changes();
      expect(await asJson('demo')).toEqual({ ...first, created: 0 });
      expect(await changes()).toBe(before);
      const text = await holdfast('demo');
      expect(text.stdout).toContain('8 claims were refused');
      expect(text.stdout).toContain('nothing changed');

      await createClient(signIn, { baseUrl }).requestLink({ body: { email: 'olga@x.org' } });
      expect((await asJson('mail', 'list'))['items']).toContainEqual(
        expect.objectContaining({
          to: 'olga@x.org',
          sentAt: null,
          text: expect.stringContaining('/sign-in/link?token='),
        }),
      );

      const { items } = await createClient(resources, options).list({ org: 'demo', query: { kind: 'person' } });
      const details = createClient(personalDetails, options);
      const person = { org: 'demo', params: { id: items[0]?.id ?? '' } };
      await details.changeEmergency({ ...person, body: { version: 0, emergencyPhone: '+1 212 1' } });
      expect(await asJson('encryption', 'rotate')).toMatchObject({
        newest: 'k2',
        made: true,
        resealed: { 'personal_details.sealed_emergency_phone': 1 },
      });
      expect(await asJson('encryption', 'status')).toEqual({ newest: 'k2', keys: { k2: 1 }, unreached: [] });
      // The app learns of the key by itself.
      const shown = await details.revealEmergency({ ...person, body: { fields: ['emergencyPhone'] } });
      expect(shown.fields).toEqual({ emergencyPhone: '+1 212 1' });
    } finally {
      await app.stop();
    }
    expect(serverRuns()).toBe(false);
  },
);

async function signedIn(baseUrl: string, setUp: object): Promise<string> {
  const response = await fetch(`${baseUrl}/api/v1/installation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(setUp),
  });
  expect(response.status).toBe(201);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
