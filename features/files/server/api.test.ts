import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { put, runTask, send, type Sent } from '#apps/server/test/uploads.ts';
import { engagements } from '#features/engagements/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { createClient } from '#platform/client/client.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { files } from '../contract.ts';
import { partSize } from '../upload-rules.ts';
import { tidyFiles } from './tidy.ts';

/** Without a scanner, on this machine's disk: as it is at a first start. Jobs are run by hand. */
const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ HOLDFAST_FILES_GB: '0.06' });
});
afterAll(() => app.stop());

const api = () => app.client(files);
const upload = (name: string, content: string | Buffer, more: Sent['more'] = {}) => send(app, { name, content, more });
const bytesOf = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${app.baseUrl}${url}`, {
    redirect: 'manual',
    headers: { authorization: `Bearer ${app.org.keys.owner}`, ...headers },
  });
const linkOf = (id: string, query: object = {}) => api().link({ org, params: { id }, query });

test('a file in parts, in any order, resumed, and the same bytes back', async () => {
  const content = randomBytes(partSize * 2 + 12_345);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const body = { name: 'Recording.bin', size: content.length, sha256 };
  const { id, received } = await api().beginUpload({ org, body });
  expect(received).toEqual([]);
  expect((await put(app, id, partSize * 2, content.subarray(partSize * 2))).status).toBe(204);
  expect((await put(app, id, 0, content.subarray(0, partSize))).status).toBe(204);
  expect((await api().getUpload({ org, params: { id } })).received).toEqual([0, partSize * 2]);
  await expect(api().completeUpload({ org, params: { id }, body: {} })).rejects.toMatchObject({
    code: 'upload_incomplete',
    problem: { missing: [partSize] },
  });
  // The line breaks in the middle of a part: nothing of it counts, and it is sent again.
  const wrong = await put(app, id, partSize, content.subarray(0, 100));
  expect([wrong.status, wrong.body]).toEqual([400, expect.stringContaining('part_broken')]);
  expect((await put(app, id, 1, content.subarray(0, 100))).status).toBe(400);
  expect((await put(app, id, partSize, content.subarray(partSize, partSize * 2))).status).toBe(204);
  const both = await Promise.all([1, 2, 3].map(() => api().completeUpload({ org, params: { id }, body: {} })));
  expect(new Set(both.map((file) => file.id)).size).toBe(1);
  const [file] = both;
  expect(file).toMatchObject({
    name: 'Recording.bin',
    current: null,
    newest: { number: 1, state: 'checking' },
    versions: 1,
  });
  await expect(linkOf(file?.id ?? '')).rejects.toMatchObject({ status: 404 });
  await runTask(app, 'files.check', { versionId: file?.newest.id });
  await runTask(app, 'files.check', { versionId: file?.newest.id });
  const { url } = await linkOf(file?.id ?? '');
  const answer = await bytesOf(url);
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="Recording.bin"; filename*=UTF-8''Recording.bin`,
  );
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect((await api().listUploads({ org })).items).toEqual([]);
  const { versions } = await api().get({ org, params: { id: file?.id ?? '' } });
  expect(versions).toMatchObject([{ sha256, state: 'unscanned', current: true, uploadedBy: 'API key “owner”' }]);
  await api().trash({ org, params: { id: file?.id ?? '' } });
  await api().purge({ org, params: { id: file?.id ?? '' } });
});

test('ranges, as players and viewers ask for them', async () => {
  const file = await upload('Notes.txt', '0123456789');
  const { url } = await linkOf(file.id);
  const ask = async (range: string, more = {}) => {
    const answer = await bytesOf(url, { range, ...more });
    return [answer.status, answer.headers.get('content-range'), await answer.text()];
  };
  expect(await ask('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
  expect(await ask('bytes=8-')).toEqual([206, 'bytes 8-9/10', '89']);
  expect(await ask('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
  expect(await ask('bytes=5-99')).toEqual([206, 'bytes 5-9/10', '56789']);
  expect(await ask('bytes=10-')).toEqual([416, 'bytes */10', '']);
  expect(await ask('bytes=1-2,4-5')).toEqual([200, null, '0123456789']);
  expect(await ask('bytes=2-4', { 'if-range': '"other"' })).toEqual([200, null, '0123456789']);
});

test('a link is for its asker and five minutes, and is looked at again', async () => {
  const file = await upload('Contract.txt', 'ten thousand');
  const { url, expiresAt } = await linkOf(file.id);
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(300_000);
  expect((await bytesOf(url)).status).toBe(200);
  expect((await bytesOf(url, { authorization: `Bearer ${app.org.keys.manager}` })).status).toBe(404);
  expect((await fetch(`${app.baseUrl}${url}`)).status).toBe(401);
  expect((await bytesOf(url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(404);
  expect((await bytesOf(url.replace('.d.', '.s.'))).status).toBe(404);
  const other = await app.addOrganisation('elsewhere');
  const theirs = await fetch(`${app.baseUrl}${url.replace(app.org.id, other.id)}`, {
    headers: { authorization: `Bearer ${other.keys.owner}` },
  });
  expect(theirs.status).toBe(404);
  await api().trash({ org, params: { id: file.id } });
  expect((await bytesOf(url)).status).toBe(404);
  await api().restore({ org, params: { id: file.id } });
  expect((await bytesOf(url)).status).toBe(200);
  await expect(linkOf(file.id, { show: 'true' })).rejects.toMatchObject({ code: 'not_served' });
});

test('versions: the newest is what people get, an old one can come back', async () => {
  const first = await upload('Rider.txt', 'one');
  const second = await upload('Rider from the band.txt', 'two', { fileId: first.id });
  expect(second).toMatchObject({ id: first.id, name: 'Rider.txt', versions: 2, current: { number: 2 } });
  const textNow = async () => (await bytesOf((await linkOf(first.id)).url)).text();
  expect(await textNow()).toBe('two');
  const oldest = (await api().get({ org, params: { id: first.id } })).versions.at(-1)?.id ?? '';
  await api().restoreVersion({ org, params: { id: first.id, versionId: oldest } });
  expect(await textNow()).toBe('one');
  expect(await (await bytesOf((await linkOf(first.id, { versionId: second.current?.id })).url)).text()).toBe('two');
  await expect(upload('Rider.pdf', '%PDF-1.7', { fileId: first.id })).rejects.toMatchObject({
    fields: [{ field: 'name', message: expect.stringContaining('same ending') }],
  });
});

test('names: taken ones come with a free one; what was taken meanwhile gets the next', async () => {
  const file = await upload('Plot.txt', 'a');
  await expect(upload('plot.TXT', 'b')).rejects.toMatchObject({
    code: 'name_taken',
    problem: { fileId: file.id, suggestion: 'plot (2).TXT' },
  });
  const begun = await api().beginUpload({ org, body: { name: 'Plan.txt', size: 1 } });
  const between = await upload('Plan.txt', 'c');
  await put(app, begun.id, 0, Buffer.from('d'));
  const late = await api().completeUpload({ org, params: { id: begun.id }, body: {} });
  expect([between.name, late.name]).toEqual(['Plan.txt', 'Plan (2).txt']);
  await expect(
    api().change({ org, params: { id: late.id }, body: { version: 1, name: 'Plan.exe' } }),
  ).rejects.toMatchObject({ fields: [{ field: 'name', message: expect.stringContaining('ZIP') }] });
  await expect(
    api().change({ org, params: { id: late.id }, body: { version: 1, name: 'Plan.pdf' } }),
  ).rejects.toMatchObject({ fields: [{ field: 'name', message: expect.stringContaining('ending') }] });
  for (const name of [
    'a/b.txt',
    '..',
    'x\u202Etxt.exe',
    'NUL.txt',
    'end. ',
    '',
    ' ',
    'zero\u200bwidth.txt',
    'x'.repeat(151),
  ])
    await expect(upload(name, 'x'), name).rejects.toMatchObject({ status: 400, fields: [{ field: 'name' }] });
});

test('folders: named once, not in themselves, gone only when empty; files move', async () => {
  const make = (name: string, parentId: string | null = null) => api().createFolder({ org, body: { name, parentId } });
  const outer = await make('Press');
  const inner = await make('Photos', outer.id);
  await expect(make('press')).rejects.toMatchObject({ code: 'name_taken', fields: [{ field: 'name' }] });
  await expect(
    api().changeFolder({ org, params: { id: outer.id }, body: { version: 1, parentId: inner.id } }),
  ).rejects.toMatchObject({ fields: [{ field: 'parentId' }] });
  await expect(make('Elsewhere', crypto.randomUUID())).rejects.toMatchObject({ fields: [{ field: 'parentId' }] });
  const file = await upload('Bio.txt', 'born', { folderId: inner.id });
  const listed = async (query: object) => (await api().list({ org, query })).items.map(({ name }) => name);
  expect(await listed({ folderId: inner.id })).toEqual(['Bio.txt']);
  expect(await listed({ folderId: outer.id })).toEqual([]);
  expect(await listed({ q: 'bio' })).toEqual(['Bio.txt']);
  await expect(api().removeFolder({ org, params: { id: outer.id } })).rejects.toMatchObject({
    code: 'folder_not_empty',
  });
  const moved = await api().change({ org, params: { id: file.id }, body: { version: 1, folderId: outer.id } });
  expect(moved.folderId).toBe(outer.id);
  await api().trash({ org, params: { id: file.id } });
  await api().removeFolder({ org, params: { id: inner.id } });
  await api().removeFolder({ org, params: { id: outer.id } });
  expect((await api().restore({ org, params: { id: file.id } })).folderId).toBeNull();
});

test('two people change one file: nothing of either gets lost', async () => {
  const file = await upload('Both.txt', 'x');
  const change = (body: object) => api().change({ org, params: { id: file.id }, body: { version: 1, ...body } });
  await change({ name: 'Renamed.txt' });
  expect(await change({ shared: true })).toMatchObject({ name: 'Renamed.txt', shared: true });
  await expect(change({ name: 'Third.txt' })).rejects.toMatchObject({
    code: 'version_conflict',
    problem: { conflicts: { name: { yours: 'Third.txt', theirs: 'Renamed.txt' } } },
  });
});

test('who takes part gets what is shared, the current version of it, and nothing else', async () => {
  const promoter = await addPerson(app, { role: 'promoter' });
  const gala = { title: 'Gala', startsAt: '2029-03-01T10:00:00.000Z', endsAt: '2029-03-01T12:00:00.000Z' };
  const engagement = await app.client(engagements).create({ org, body: gala });
  const contact = await app.client(parties).create({ org, body: { name: 'Pat' } });
  await app
    .client(engagements)
    .addParty({ org, params: { id: engagement.id }, body: { partyId: contact.id, role: 'promoter' } });
  await app.inTenant((tx) =>
    tx.query('update parties set user_id = $3 where org_id = $1 and id = $2', [
      app.org.id,
      contact.id,
      promoter.userId,
    ]),
  );
  const folder = await api().createFolder({ org, body: { name: 'For all', engagementId: engagement.id } });
  const at = { engagementId: engagement.id, folderId: folder.id };
  const shared = await upload('Shared.txt', 'v1', { ...at, shared: true });
  await upload('Shared.txt', 'v2', { fileId: shared.id });
  const secret = await upload('Secret.txt', 'fee', at);
  await upload('House.txt', 'of the house', { shared: true });
  const theirs = createClient(files, {
    baseUrl: app.baseUrl,
    headers: { cookie: promoter.cookie, origin: app.baseUrl },
  });
  expect((await theirs.list({ org, query: {} })).items.map(({ name }) => name)).toEqual(['Shared.txt']);
  const { versions } = await theirs.get({ org, params: { id: shared.id } });
  expect(versions.map(({ number, uploadedBy }) => [number, uploadedBy])).toEqual([[2, '']]);
  await expect(theirs.get({ org, params: { id: secret.id } })).rejects.toMatchObject({ status: 404 });
  await expect(theirs.link({ org, params: { id: secret.id }, query: {} })).rejects.toMatchObject({ status: 404 });
  const { url } = await theirs.link({ org, params: { id: shared.id }, query: {} });
  const get = () => fetch(`${app.baseUrl}${url}`, { headers: { cookie: promoter.cookie } });
  expect(await (await get()).text()).toBe('v2');
  await api().change({ org, params: { id: shared.id }, body: { version: 1, shared: false } });
  expect((await get()).status).toBe(404);
  await expect(theirs.beginUpload({ org, body: { name: 'x.txt', size: 1 } })).rejects.toMatchObject({ status: 403 });
});

test('others’ uploads look like missing ones', async () => {
  const { id } = await api().beginUpload({ org, body: { name: 'Mine.txt', size: 4 } });
  const manager = app.client(files, 'manager');
  await expect(manager.getUpload({ org, params: { id } })).rejects.toMatchObject({ status: 404 });
  expect((await put(app, id, 0, Buffer.from('evil'), app.org.keys.manager)).status).toBe(404);
  await expect(manager.completeUpload({ org, params: { id }, body: {} })).rejects.toMatchObject({ status: 404 });
  await expect(manager.abandonUpload({ org, params: { id } })).rejects.toMatchObject({ status: 404 });
  // A retry whose first answer was lost.
  const again = await api().beginUpload({ org, body: { id, name: 'Mine.txt', size: 4 } });
  expect(again.id).toBe(id);
  await api().abandonUpload({ org, params: { id } });
  expect((await put(app, id, 0, Buffer.from('late'))).status).toBe(404);
});

test('what isn’t what it says is refused early, and by its hash at last', async () => {
  await expect(upload('Photo.png', '<html><script>alert(1)</script>')).rejects.toMatchObject({ status: 422 });
  expect((await api().listUploads({ org })).items.map(({ name }) => name)).not.toContain('Photo.png');
  await expect(upload('Rider.pdf', randomBytes(500))).rejects.toMatchObject({ status: 422, code: 'content_mismatch' });
  await expect(upload('List.csv', 'a;b', { type: 'image/png' })).rejects.toMatchObject({ fields: [{ field: 'type' }] });
  await expect(upload('Empty.txt', '')).rejects.toMatchObject({
    fields: [{ field: 'size', message: expect.stringContaining('empty') }],
  });
  await expect(api().beginUpload({ org, body: { name: 'Huge.mov', size: 2 ** 40 } })).rejects.toMatchObject({
    fields: [{ field: 'size', message: expect.stringContaining('1 GB') }],
  });
  const file = await upload('Wrong.txt', 'sent', { sha256: '0'.repeat(64) });
  expect(file).toMatchObject({
    current: null,
    newest: { state: 'refused', problem: expect.stringContaining('SHA-256') },
  });
  await expect(linkOf(file.id, { versionId: file.newest.id })).rejects.toMatchObject({ code: 'not_served' });
});

test('there is room for what was announced, and not for more', async () => {
  const { used, quota, scanned } = await api().usage({ org });
  expect([quota, scanned]).toEqual([60_000_000, false]);
  const size = quota - used - 1_000;
  const { id } = await api().beginUpload({ org, body: { name: 'Rest.zip', size } });
  await expect(upload('More.txt', Buffer.alloc(2_000, 65))).rejects.toMatchObject({
    code: 'quota_exceeded',
    fields: [{ field: 'size', message: expect.stringContaining('are free') }],
  });
  await api().abandonUpload({ org, params: { id } });
  await upload('More.txt', Buffer.alloc(2_000, 65));
});

test('the night takes away what is over, with its bytes, and keeps the rest', async () => {
  const kept = await upload('Kept.txt', 'stay');
  const old = await upload('Old.txt', 'go');
  await api().trash({ org, params: { id: old.id } });
  const { id: left } = await api().beginUpload({ org, body: { name: 'Left.txt', size: 3 } });
  await put(app, left, 0, Buffer.from('abc'));
  const { store } = app.app.services.files;
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of store.list(app.org.id)) found.push(key);
    return found.sort();
  };
  const before = await keys();
  const tidy = (days: number) => {
    const now = new Date(Date.now() + days * 86_400_000);
    const scope = () => mintScope({ orgId: app.org.id, actor: 'job:files.tidy', requestId: 'test', now });
    return tidyFiles({
      services: app.app.services,
      tenant: (work) => withTenant(app.databases, scope(), work),
      signal: new AbortController().signal,
    });
  };
  await tidy(2);
  expect(await keys()).toEqual(before);
  await tidy(8);
  expect((await keys()).length).toBeLessThan(before.length);
  await expect(api().getUpload({ org, params: { id: left } })).rejects.toMatchObject({ status: 404 });
  await api().restore({ org, params: { id: old.id } });
  await api().trash({ org, params: { id: old.id } });
  await tidy(31);
  await expect(api().get({ org, params: { id: old.id } })).rejects.toMatchObject({ status: 404 });
  expect(await (await bytesOf((await linkOf(kept.id)).url)).text()).toBe('stay');
});

test('bytes that are gone are said to be', async () => {
  const file = await upload('Gone.txt', 'soon');
  const [row] = await app.inTenant((tx) =>
    tx.query<{ key: string }>('select object_key as key from file_versions where org_id = $1 and file_id = $2', [
      app.org.id,
      file.id,
    ]),
  );
  await app.app.services.files.store.remove(row?.key ?? '');
  const answer = await bytesOf((await linkOf(file.id)).url);
  expect([answer.status, await answer.text()]).toEqual([410, expect.stringContaining('content_missing')]);
});

test('a part under way when its upload completes changes nothing any more', async () => {
  const { id } = await api().beginUpload({ org, body: { name: 'Race.txt', size: 4 } });
  await put(app, id, 0, Buffer.from('good'));
  let finish: () => void = () => undefined;
  const slow = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.from('evi'));
      await new Promise<void>((resolve) => (finish = resolve));
      controller.enqueue(Buffer.from('l'));
      controller.close();
    },
  });
  const late = put(app, id, 0, slow);
  await sleep(150);
  const file = await api().completeUpload({ org, params: { id }, body: {} });
  await runTask(app, 'files.check', { versionId: file.newest.id });
  finish();
  expect((await late).status).toBeGreaterThanOrEqual(400);
  expect(await (await bytesOf((await linkOf(file.id)).url)).text()).toBe('good');
});
