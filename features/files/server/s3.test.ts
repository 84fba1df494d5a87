import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { put, runTask, send } from '#apps/server/test/uploads.ts';
import { engagements } from '#features/engagements/contract.ts';
import { removeErased } from '#platform/files/clear-erased.ts';
import { startS3, type TestS3 } from '#platform/test/s3.ts';
import { files } from '../contract.ts';
import { partSize } from '../upload-rules.ts';

/** The same over a bucket, with downloads straight from it. */
const org = 'test';
let s3: TestS3;
let app: TestApp;
beforeAll(async () => {
  s3 = await startS3('?downloads=signed');
  app = await startTestApp({ S3_URL: s3.url });
});
afterAll(async () => {
  await app.stop();
  await s3.stop();
});

test('parts in any order, finished twice, and downloaded from the bucket', async () => {
  const content = randomBytes(partSize + 1_000);
  const { id } = await app.client(files).beginUpload({ org, body: { name: 'Bucket.zip', size: content.length } });
  content.write('PK\u0003\u0004', 'latin1');
  expect((await put(app, id, partSize, content.subarray(partSize))).status).toBe(204);
  expect((await put(app, id, 0, content.subarray(0, partSize))).status).toBe(204);
  const file = await app.client(files).completeUpload({ org, params: { id }, body: {} });
  await Promise.all([1, 2].map(() => runTask(app, 'files.check', { versionId: file.newest.id })));
  const { url } = await app.client(files).link({ org, params: { id: file.id }, query: {} });
  const headers = { authorization: `Bearer ${app.org.keys.owner}` };
  const answer = await fetch(`${app.baseUrl}${url}`, { redirect: 'manual', headers });
  expect(answer.status).toBe(302);
  const stored = await fetch(answer.headers.get('location') ?? '');
  expect(stored.headers.get('content-disposition')).toContain('attachment; filename="Bucket.zip"');
  expect(Buffer.from(await stored.arrayBuffer()).equals(content)).toBe(true);
});

test('what is not what it says is refused on the way to the bucket', async () => {
  await expect(send(app, { name: 'Fake.pdf', content: '<html>' })).rejects.toMatchObject({ status: 422 });
  const { id } = await app.client(files).beginUpload({ org, body: { name: 'Cut.txt', size: 10 } });
  expect((await put(app, id, 0, Buffer.from('short'))).status).toBe(400);
});

test('an erased organisation’s objects go, others’ and those of living ones stay', async () => {
  const { store } = app.app.services.files;
  const keep = async (owner: string) => {
    const key = `${owner}/${crypto.randomUUID()}`;
    const collection = await store.begin(key);
    const { Readable } = await import('node:stream');
    await store.finish(key, collection, [
      await store.putPart(key, collection, 1, 1, Readable.from([Buffer.from('x')])),
    ]);
  };
  const [erased, unknown] = [crypto.randomUUID(), crypto.randomUUID()];
  await keep(erased);
  await keep(unknown);
  await app.databases.control
    .insertInto('tenant_operations')
    .values([
      { id: crypto.randomUUID(), kind: 'erase', organisation_id: erased, state: 'done', requested_by: 'command' },
      // One that lives again: it was restored.
      { id: crypto.randomUUID(), kind: 'erase', organisation_id: app.org.id, state: 'done', requested_by: 'command' },
    ])
    .execute();
  await removeErased(store, app.databases);
  const owners = await store.owners();
  expect(owners).not.toContain(erased);
  expect(owners).toEqual(expect.arrayContaining([unknown, app.org.id]));
});

test('an engagement that is deleted takes its files along', async () => {
  const gala = { title: 'Gala', startsAt: '2029-03-01T10:00:00.000Z', endsAt: '2029-03-01T12:00:00.000Z' };
  const { id } = await app.client(engagements).create({ org, body: gala });
  const file = await send(app, { name: 'Gone.txt', content: 'soon', more: { engagementId: id } });
  await app.client(engagements).remove({ org, params: { id } });
  await expect(app.client(files).get({ org, params: { id: file.id } })).rejects.toMatchObject({ status: 404 });
});
