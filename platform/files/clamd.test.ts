import { createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findClamd, plague, plagueName, startClamd, type TestClamd } from '#platform/test/clamd.ts';
import { Clamd, ScannerDown } from './clamd.ts';
import { readFileSettings } from './settings.ts';

const program = findClamd();
if (!program) console.error('clamd.test.ts: there is no ClamAV daemon here, and none can be installed: skipped.');

const scannerAt = (url: string) =>
  new Clamd(readFileSettings({ CLAMAV_URL: url, HOLDFAST_FILES_GB: 1 }, '/nowhere').scanner ?? expect.fail());
const content =
  (...chunks: (string | Buffer)[]) =>
  async () =>
    Readable.from(
      chunks.map((chunk) => Buffer.from(chunk)),
      { objectMode: false },
    );

describe.skipIf(!program)('a real ClamAV daemon', () => {
  let clamd: TestClamd;
  beforeAll(async () => {
    clamd = await startClamd(program ?? '', ['StreamMaxLength 2M']);
  });
  afterAll(() => clamd.stop());

  test('finds what its signatures know, also across chunks, and nothing else', async () => {
    const scanner = scannerAt(clamd.url);
    const found = { verdict: 'infected', signature: plagueName };
    expect(await scanner.scan(content('all is well'))).toEqual({ verdict: 'clean' });
    expect(await scanner.scan(content(`x${plague}y`))).toEqual(found);
    expect(await scanner.scan(content(plague.slice(0, 9), plague.slice(9)))).toEqual(found);
    expect(await scanner.scan(content(Buffer.alloc(1_500_000, 65), plague))).toEqual(found);
  });

  test('says when something is too large for it', async () => {
    const large = content(...Array.from({ length: 200 }, () => Buffer.alloc(65_536, 66)));
    for (let n = 0; n < 5; n++)
      expect(await scannerAt(clamd.url).scan(large)).toMatchObject({ verdict: 'unscannable' });
  });

  test('twenty at once', async () => {
    const scanner = scannerAt(clamd.url);
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => scanner.scan(content(n % 2 ? plague : `fine ${n}`))),
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? 'infected' : 'clean')),
    );
  });
});

describe('a scanner that fails', () => {
  let server: Server;
  let behave: (socket: Socket) => void;
  let url: string;
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      behave(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => server.close());

  test('says nothing about the content', async () => {
    const large = content(...Array.from({ length: 100 }, () => Buffer.alloc(65_536)));
    await expect(scannerAt('unix:/nowhere/clamd.ctl').scan(content('x'))).rejects.toThrow(ScannerDown);
    behave = (socket) => socket.destroy();
    await expect(scannerAt(url).scan(large)).rejects.toThrow(ScannerDown);
    behave = (socket) => socket.resume().on('data', () => socket.end('perhaps\0'));
    await expect(scannerAt(url).scan(content('x'))).rejects.toThrow('perhaps');
    behave = (socket) => socket.resume().on('data', () => socket.end());
    await expect(scannerAt(url).scan(content('x'))).rejects.toThrow(ScannerDown);
    behave = (socket) => socket.resume().write('x'.repeat(10_000));
    await expect(scannerAt(url).scan(content('x'))).rejects.toThrow(ScannerDown);
  });

  test('content that breaks off is not called clean', async () => {
    behave = (socket) => socket.resume().on('end', () => socket.end('stream: OK\0'));
    const broken = async () =>
      new Readable({
        read() {
          this.destroy(new Error('disk'));
        },
      });
    await expect(scannerAt(url).scan(broken)).rejects.toThrow('broke off');
  });
});
