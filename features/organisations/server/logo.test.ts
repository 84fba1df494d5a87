import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { documents } from '#features/documents/contract.ts';
import { engagements } from '#features/engagements/contract.ts';
import { urlOf } from '#platform/client/client.ts';
import { organisations } from '../contract.ts';
import { NoLogo, readLogo } from './logo-image.ts';

const org = 'test';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of one colour; `pixels` instead of what belongs into it. */
function png(width: number, height: number, { pixels, more = [], type = 6, interlace = 0 }: Partial<PngOptions> = {}) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, type, 0, 0, interlace], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 4, 0x77)]);
  const raw = pixels ?? Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
interface PngOptions {
  pixels: Buffer;
  more: Buffer[];
  type: number;
  interlace: number;
}

/** The smallest that is built like one, with a note of a camera. */
function jpeg(width: number, height: number, { components = 3 } = {}) {
  const segment = (marker: number, ...content: number[]) => {
    const length = content.length + 2;
    return Buffer.from([0xff, marker, length >> 8, length & 255, ...content]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, ...Buffer.from('Exif\0\0GPS 53.5 N')),
    segment(0xc0, 8, height >> 8, height & 255, width >> 8, width & 255, components, 1, 0x11, 0),
    segment(0xda, 1, 1, 0, 0, 63, 0),
    Buffer.from([1, 2, 3, 0xff, 0xd9]),
    Buffer.from('trailing words'),
  ]);
}

test('a picture keeps nothing but itself', () => {
  const noted = readLogo(png(20, 30, { more: [chunk('tEXt', Buffer.from('Author\0Somebody'))] }));
  expect(noted).toMatchObject({ type: 'image/png', width: 20, height: 30 });
  expect(noted.bytes.includes('Somebody')).toBe(false);
  expect(readLogo(noted.bytes).bytes.equals(noted.bytes)).toBe(true);
  const photo = readLogo(jpeg(40, 50));
  expect(photo).toMatchObject({ type: 'image/jpeg', width: 40, height: 50 });
  expect(photo.bytes.includes('GPS')).toBe(false);
  expect(photo.bytes.includes('trailing')).toBe(false);
});

test('what is no picture, or swells, is refused', () => {
  const bad = {
    words: Buffer.from('hello'),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    gif: Buffer.from('GIF89a'),
    cut: png(20, 20).subarray(0, 60),
    small: png(8, 8),
    wide: png(2_001, 16),
    bomb: png(20, 20, { pixels: Buffer.alloc(50_000_000) }),
    short: png(20, 20, { pixels: Buffer.alloc(10) }),
    interlaced: png(20, 20, { interlace: 1 }),
    strange: png(20, 20, { type: 5 }),
    cmyk: jpeg(40, 40, { components: 4 }),
    large: jpeg(60_000, 60_000),
    endless: jpeg(40, 40).subarray(0, -15),
  };
  for (const [name, bytes] of Object.entries(bad)) expect(() => readLogo(bytes), name).toThrow(NoLogo);
});

test('whatever is changed in a picture, it is read or refused, and never more than that', () => {
  const good = [png(20, 20), jpeg(40, 40)];
  fc.assert(
    fc.property(
      fc.constantFrom(...good),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      (picture, changes) => {
        const bytes = Buffer.from(picture);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        try {
          const { width, height } = readLogo(bytes);
          expect(Math.max(width, height)).toBeLessThanOrEqual(2_000);
        } catch (error) {
          expect(error).toBeInstanceOf(NoLogo);
        }
      },
    ),
  );
});

test('set, on documents and for everybody to see, and taken away', async () => {
  const api = app.client(organisations);
  const show = await app.client(engagements).create({
    org,
    body: { title: 'Gala', startsAt: '2030-05-14T17:30:00.000Z', endsAt: '2030-05-14T22:00:00.000Z' },
  });
  const sheet = async () => {
    const path = urlOf(documents.routes.daySheet, { org, params: { id: show.id } });
    const answer = await fetch(`${app.baseUrl}${path}`, { headers: { authorization: `Bearer ${app.org.keys.owner}` } });
    return Buffer.from(await answer.arrayBuffer());
  };
  const shown = (orgId: string) => fetch(`${app.baseUrl}/api/v1/logos/${orgId}`);
  expect((await shown(app.org.id)).status).toBe(404);
  expect((await sheet()).includes('/Subtype /Image')).toBe(false);
  const set = (image: Buffer) => api.setLogo({ org, body: { image: image.toString('base64') } });
  await expect(set(Buffer.from('no picture'))).rejects.toMatchObject({ status: 400, fields: [{ field: 'image' }] });
  await expect(app.client(organisations, 'staff').setLogo({ org, body: { image: 'aGk=' } })).rejects.toMatchObject({
    status: 403,
  });
  expect(await set(png(200, 60))).toMatchObject({ logoSetAt: expect.any(String) });
  const answer = await shown(app.org.id);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(readLogo(Buffer.from(await answer.arrayBuffer()))).toMatchObject({ width: 200, height: 60 });
  expect((await sheet()).includes('/Subtype /Image')).toBe(true);
  const stand = (status: string) =>
    app.databases.control.updateTable('organisations').set({ status }).where('id', '=', app.org.id).execute();
  await stand('suspended');
  expect((await shown(app.org.id)).status).toBe(404);
  await stand('active');
  await api.removeLogo({ org });
  expect((await shown(app.org.id)).status).toBe(404);
  expect((await api.get({ org })).logoSetAt).toBeNull();
});
