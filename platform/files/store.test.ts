import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startS3, type TestS3 } from '#platform/test/s3.ts';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';
import { readFileSettings } from './settings.ts';
import { ObjectMissing, type ObjectStore } from './store.ts';

/** The least that S3 takes as a part that isn't the last. */
const part = 5 * 1024 * 1024;

let folder: string;
let s3: TestS3;
const stores = new Map<string, ObjectStore>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-store-'));
  s3 = await startS3('?downloads=signed');
  stores.set('disk', new DiskStore(folder));
  stores.set('S3', new S3Store(bucketOf(s3.url)));
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

function bucketOf(url: string) {
  const { store } = readFileSettings({ S3_URL: url, HOLDFAST_FILES_GB: 1 }, '/nowhere');
  return 'bucket' in store ? store : expect.fail();
}

const newKey = (owner: string = randomUUID()) => `${owner}/${randomUUID()}`;
const filled = (length: number, byte: number) => Buffer.alloc(length, byte);
const stream = (...chunks: Buffer[]) => Readable.from(chunks, { objectMode: false });

describe.each(['disk', 'S3'])('%s', (name) => {
  const open = () => stores.get(name) ?? expect.fail();

  async function keep(key: string, content: Buffer): Promise<void> {
    const store = open();
    const collection = await store.begin(key);
    await store.finish(key, collection, [await store.putPart(key, collection, 1, content.length, stream(content))]);
  }

  const thingsOf = async (owner: string) => {
    const found = [];
    for await (const { key, collection, writtenAt } of open().list(owner)) {
      expect(Math.abs(writtenAt.getTime() - Date.now())).toBeLessThan(60_000);
      found.push(collection === null ? key : `${key} parts`);
    }
    return found;
  };

  test('parts in any order become one object; a later try of a part takes the place of the first', async () => {
    const store = open();
    await store.check();
    const key = newKey();
    const collection = await store.begin(key);
    const last = await store.putPart(key, collection, 3, 7, stream(Buffer.from('the end')));
    await store.putPart(key, collection, 1, part, stream(filled(part, 9)));
    const second = await store.putPart(key, collection, 2, part, stream(filled(part - 3, 2), filled(3, 2)));
    const first = await store.putPart(key, collection, 1, part, stream(filled(part, 1)));
    await store.finish(key, collection, [first, second, last]);
    // Again, as a job does whose answer was lost.
    await store.finish(key, collection, [first, second, last]);
    const whole = await buffer(await store.read(key));
    expect(whole.equals(Buffer.concat([filled(part, 1), filled(part, 2), Buffer.from('the end')]))).toBe(true);
    const across = await buffer(await store.read(key, { first: part - 2, last: part + 1 }));
    expect([...across]).toEqual([1, 1, 2, 2]);
    expect(await text(await store.read(key, { first: 2 * part, last: 2 * part + 2 }))).toBe('the');
  });

  test('a body that breaks off or goes on is not kept', async () => {
    const store = open();
    const key = newKey();
    const collection = await store.begin(key);
    await expect(store.putPart(key, collection, 1, 10, stream(filled(9, 1)))).rejects.toThrow('Not 10 bytes');
    await expect(store.putPart(key, collection, 1, 10, stream(filled(11, 1)))).rejects.toThrow('Not 10 bytes');
    const cut = new Readable({
      read() {
        this.push(filled(4, 1));
        this.destroy(new Error('cut off'));
      },
    });
    await expect(store.putPart(key, collection, 1, 10, cut)).rejects.toThrow('cut off');
    // s3rver makes an object of parts that never came; Amazon and the others refuse.
    if (name === 'disk')
      await expect(store.finish(key, collection, [{ number: 1, size: 10, tag: 'none' }])).rejects.toThrow('ENOENT');
    await expect(store.read(key)).rejects.toThrow(ObjectMissing);
    await store.abandon(key, collection);
    await store.abandon(key, collection);
  });

  test('what an owner has is listed, and goes at once', async () => {
    const store = open();
    const [owner, other] = [randomUUID(), randomUUID()];
    const [one, two, theirs, begun] = [newKey(owner), newKey(owner), newKey(other), newKey(owner)];
    for (const key of [one, two, theirs]) await keep(key, Buffer.from(key));
    await store.begin(begun);
    const shown = await thingsOf(owner);
    expect(shown).toEqual(expect.arrayContaining([one, two]));
    expect(await store.owners()).toEqual(expect.arrayContaining([owner, other]));
    await store.remove(one);
    await store.remove(one);
    await expect(store.read(one)).rejects.toThrow(ObjectMissing);
    await store.removeOwner(owner);
    expect((await thingsOf(owner)).filter((thing) => !thing.endsWith('parts'))).toEqual([]);
    expect(await text(await store.read(theirs))).toBe(theirs);
    await store.removeOwner(owner);
  });

  test('only keys of our making reach it', async () => {
    const store = open();
    for (const key of ['../../etc/passwd', `${randomUUID()}/../x`, `${randomUUID()}/`, 'a/b', `${newKey()}/c`])
      await expect(store.read(key)).rejects.toThrow('two UUIDs');
  });
});

test('S3: an address opens one object for a while, with the headers that we chose', async () => {
  const store = stores.get('S3') ?? expect.fail();
  const key = newKey();
  const collection = await store.begin(key);
  await store.finish(key, collection, [await store.putPart(key, collection, 1, 5, stream(Buffer.from('hello')))]);
  const url = (await store.sign?.(key, 60, { type: 'text/plain', disposition: 'attachment; filename="a.txt"' })) ?? '';
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a.txt"');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  // s3rver looks at no signature in an address; that there is one, for a minute, is what can be seen here.
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('60');
  expect(new URL(url).searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
});

test('S3: wrong settings are told at the start', async () => {
  const missing = new S3Store(bucketOf(s3.url.replace('holdfast-files', 'nobody-made-this')));
  await expect(missing.check()).rejects.toThrow('there is no bucket nobody-made-this');
});

test('settings name what is wrong with them, and no secret', () => {
  const read = (env: object) => () => readFileSettings({ HOLDFAST_FILES_GB: 10, ...env }, '/data');
  expect(read({})()).toEqual({ store: { folder: '/data/files' }, scanner: undefined, quota: 10_000_000_000 });
  expect(read({ S3_URL: 'https://AK:s%2Fec%2Bret@s3.example.com/band-files?region=eu-central-1' })().store).toEqual({
    endpoint: 'https://s3.example.com',
    bucket: 'band-files',
    region: 'eu-central-1',
    accessKeyId: 'AK',
    secretAccessKey: 's/ec+ret',
    signedDownloads: false,
  });
  for (const wrong of [
    'nonsense',
    'ftp://a:b@c/ddd',
    'https://c/ddd',
    'https://a:SECRET@c',
    'https://a:SECRET@c/ddd?x=1',
  ])
    expect(read({ S3_URL: wrong }), wrong).toThrow(/^S3_URL must look like (?!.*SECRET@c)/);
  expect(read({ CLAMAV_URL: 'tcp://scanner' })().scanner).toEqual({ host: 'scanner', port: 3310 });
  expect(read({ CLAMAV_URL: 'tcp://[::1]:99' })().scanner).toEqual({ host: '::1', port: 99 });
  expect(read({ CLAMAV_URL: 'unix:/run/clamd.ctl' })().scanner).toEqual({ path: '/run/clamd.ctl' });
  expect(read({ CLAMAV_URL: 'unix:/run/clamd.ctl', HOLDFAST_SCAN: 'none' })().scanner).toBeUndefined();
  expect(read({ CLAMAV_URL: 'http://scanner' })).toThrow('CLAMAV_URL must be');
  expect(read({ HOLDFAST_SCAN: 'clamav' })).toThrow('needs CLAMAV_URL');
});
