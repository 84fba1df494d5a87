import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { put, runTask, send } from '#apps/server/test/uploads.ts';
import { findClamd, plague, startClamd, type TestClamd } from '#platform/test/clamd.ts';
import { files, type File } from '../contract.ts';
import { partSize } from '../upload-rules.ts';

/**
 * Files that somebody means badly by, against a real scanner: each is refused, locked away, or a download that no
 * browser opens. Without ClamAV it can't be told what is infected, and nothing is shown at all.
 */
const program = findClamd();
if (!program) console.error('hostile.test.ts: there is no ClamAV daemon here, and none can be installed: skipped.');
const org = 'test';
/** Bytes of the largest; 500 MB, as measured once, take a minute. */
const large = Number(process.env['HOLDFAST_LARGE'] ?? 100_000_000);

describe.skipIf(!program)('with a scanner', () => {
  let clamd: TestClamd;
  let app: TestApp;
  beforeAll(async () => {
    clamd = await startClamd(program ?? '', ['StreamMaxLength 700M', 'MaxFileSize 700M', 'MaxScanSize 700M']);
    app = await startTestApp({ CLAMAV_URL: clamd.url });
  });
  afterAll(async () => {
    await app.stop();
    await clamd.stop();
  });

  interface Hostile {
    name: string;
    content: Buffer;
    type?: string;
  }

  const shown = { tried: 0, refused: 0, locked: 0, downloads: 0, previews: 0 };

  test('three hundred hostile files: none served infected, none shown that isn’t a picture or a PDF', async () => {
    const hostile = makeHostile();
    expect(hostile.length).toBeGreaterThanOrEqual(300);
    for (const one of hostile) {
      shown.tried++;
      const file = await offer(one);
      if (!file) continue;
      if (one.content.includes(plague))
        expect(file, one.name).toMatchObject({ current: null, newest: { state: 'infected' } });
      for (const show of ['true', 'false'] as const) await lookAt(file, show);
    }
    expect(shown.refused + shown.locked).toBeGreaterThan(200);
    expect(shown.locked).toBeGreaterThanOrEqual(20);
    console.info('hostile files:', JSON.stringify(shown));
  }, 300_000);

  /** @returns undefined when it was refused with a field and a remedy */
  async function offer({ name, content, type }: Hostile): Promise<File | undefined> {
    try {
      return await send(app, { name, content, ...(type !== undefined && { more: { type } }) });
    } catch (error) {
      const { status, fields } = error as { status: number; fields?: { field: string; message: string }[] };
      expect([400, 409, 422], `${JSON.stringify(name)}: ${String(error)}`).toContain(status);
      expect(fields?.[0]?.message, name).toBeTruthy();
      shown.refused++;
      return undefined;
    }
  }

  async function lookAt(file: File, show: 'true' | 'false'): Promise<void> {
    const link = await app
      .client(files)
      .link({ org, params: { id: file.id }, query: { show, versionId: file.newest.id } })
      .catch((error: { code: string }) => error.code);
    if (typeof link === 'string') {
      if (file.newest.state === 'infected' && show === 'false') shown.locked++;
      return expect(['not_served']).toContain(link);
    }
    const answer = await fetch(`${app.baseUrl}${link.url}`, {
      headers: { authorization: `Bearer ${app.org.keys.owner}` },
    });
    const [type, how] = [answer.headers.get('content-type') ?? '', answer.headers.get('content-disposition') ?? ''];
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(type).not.toMatch(/html|svg|xml|script|x-msdownload/);
    expect(Buffer.from(await answer.arrayBuffer()).includes(plague), file.name).toBe(false);
    // eslint-disable-next-line no-control-regex
    expect(how).toMatch(/^(inline|attachment); filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/);
    if (show === 'true') {
      expect(type).toMatch(/^(image\/(png|jpeg|gif|webp)|application\/pdf)$/);
      shown.previews++;
    } else {
      expect(how).toMatch(/^attachment/);
      shown.downloads++;
    }
  }

  test('while the scanner is away nothing new is served; it is, once the scanner has said so', async () => {
    const { id } = await app.client(files).beginUpload({ org, body: { name: 'Waits.txt', size: 5 } });
    await put(app, id, 0, Buffer.from('waits'));
    const file = await app.client(files).completeUpload({ org, params: { id }, body: {} });
    const { scanner } = app.app.services.files;
    app.app.services.files.scanner = {
      scan: () => Promise.reject(new Error('The virus scanner gives no answer: away')),
    };
    await expect(runTask(app, 'files.check', { versionId: file.newest.id })).rejects.toThrow('no answer');
    const link = () => app.client(files).link({ org, params: { id: file.id }, query: { versionId: file.newest.id } });
    await expect(link()).rejects.toMatchObject({ code: 'not_served' });
    app.app.services.files.scanner = scanner;
    await runTask(app, 'files.check', { versionId: file.newest.id });
    expect((await link()).url).toContain('/content/');
  });

  test('a recording in, looked into and out again, in little memory', async () => {
    const size = large;
    const { id } = await app.client(files).beginUpload({ org, body: { name: 'Concert.bin', size } });
    const chunk = randomBytes(partSize);
    const { rss } = process.memoryUsage;
    const before = rss();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, rss())), 20);
    for (let offset = 0; offset < size; offset += partSize)
      expect((await put(app, id, offset, chunk.subarray(0, Math.min(partSize, size - offset)))).status).toBe(204);
    const file = await app.client(files).completeUpload({ org, params: { id }, body: {} });
    await runTask(app, 'files.check', { versionId: file.newest.id });
    const { url } = await app.client(files).link({ org, params: { id: file.id }, query: {} });
    const answer = await fetch(`${app.baseUrl}${url}`, { headers: { authorization: `Bearer ${app.org.keys.owner}` } });
    let received = 0;
    for await (const bytes of answer.body ?? []) received += bytes.length;
    clearInterval(watch);
    expect(received).toBe(size);
    const grown = Math.round((most - before) / 1e6);
    console.info(
      `${size / 1e6} MB up, scanned and down: ${grown} MB more than the ${Math.round(before / 1e6)} MB before`,
    );
    // The test’s own client holds parts in the same process.
    expect(grown).toBeLessThan(250);
  }, 300_000);

  function makeHostile(): Hostile[] {
    const text = (name: string, content: string, type?: string): Hostile => ({
      name,
      content: Buffer.from(content, 'latin1'),
      ...(type !== undefined && { type }),
    });
    const script = '<script>alert(document.domain)</script>';
    const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89';
    const gif = 'GIF89a\x01\0\x01\0\x80\0\0';
    const jpeg = '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0';
    const pdf =
      '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n';
    const zip = 'PK\x03\x04\x14\0\0\0\x08\0';
    const elf = '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0';
    const exe = `MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0${'\0'.repeat(64)}PE\0\0`;
    const java = '\xca\xfe\xba\xbe\0\0\x004';
    const pictures = { png, gif, jpg: jpeg };
    const endings =
      'exe dll com scr msi bat cmd ps1 vbs js mjs wsf hta jar app sh lnk url html htm xhtml shtml svgz xml swf php phtml asp jsp py rb docm xlsm pptm iso dmg apk'.split(
        ' ',
      );
    const odd = [
      '../../etc/passwd',
      '..\\..\\boot.ini',
      '/etc/passwd.txt',
      'C:\\x.txt',
      'a\u0000.png',
      'a\r\nSet-Cookie: x=1.png',
      'rider\u202egnp.exe',
      'photo\u200b.png',
      '\ufeffa.png',
      'CON',
      'nul.txt',
      'LPT1.pdf',
      '.htaccess',
      '.env',
      'a.',
      'a ',
      '~$',
      'a|b.txt',
      'a<b>.txt',
      'x"y.png',
      'x*.png',
      'x?.png',
      '\u2066a.txt',
      'a\u2028b.txt',
      `${'x'.repeat(300)}.png`,
      '%2e%2e%2fa.txt',
      '💥'.repeat(80) + '.txt',
      'ﬁle.txt',
      'a;b.txt',
      "a'b.txt",
      '(a).txt',
      'Übergröße “x”.txt',
      '日本語.txt',
      'a,b=c.txt',
      '\ud800.txt',
      'x\u0007.txt',
    ];
    return [
      ...endings.map((ending) => text(`setup.${ending}`, 'whatever')),
      ...endings.map((ending) => text(`invoice.pdf.${ending}`, pdf)),
      ...['png', 'jpg', 'gif', 'webp', 'pdf', 'csv', 'txt', 'ics', 'md', 'docx', 'xlsx', 'mp3', 'mp4', 'xyz'].flatMap(
        (ending) => [
          text(`page.${ending}`, `<!DOCTYPE html><html>${script}`),
          text(`bare.${ending}`, script),
          text(`late.${ending}`, `\n\n  <!-- hi --> ${script}`),
          text(`program.${ending}`, exe),
          text(`binary.${ending}`, elf),
          text(`class.${ending}`, java),
          text(`shell.${ending}`, '#!/bin/sh\nrm -rf /\n'),
        ],
      ),
      ...Object.entries(pictures).flatMap(([ending, head]) => [
        text(`polyglot-html.${ending}`, head + script),
        text(`polyglot-js.${ending}`, `${head}*/=1;alert(1)//`),
        text(`polyglot-zip.${ending}`, head + zip),
        text(`polyglot-pdf.${ending}`, head + pdf),
        text(`polyglot-php.${ending}`, `${head}<?php system($_GET['c']); ?>`),
        text(`infected.${ending}`, head + plague),
        text(`said-html.${ending}`, head, 'text/html'),
        text(`said-svg.${ending}`, head, 'image/svg+xml'),
        text(`really-other.${ending}`, ending === 'png' ? jpeg : png),
        text(`double.html.${ending}`, head),
        text(`double.php.${ending}`, head),
      ]),
      text('script.svg', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
      text('onload.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      text('image/svg.svg', '<svg/>'),
      text('svg-as.png', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
      text(
        'entities.svg',
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
      ),
      text('javascript.pdf', pdf),
      text('launch.pdf', `${pdf}<</S/Launch/F(cmd.exe)>>`),
      text('html-first.pdf', `${script}${pdf}`),
      text('utf16.txt', `\xff\xfe${Array.from(script, (letter) => `${letter}\0`).join('')}`),
      text('bomb.zip', zip + 'x'.repeat(500)),
      { name: '42.zip', content: Buffer.concat([Buffer.from(zip, 'latin1'), Buffer.alloc(100_000)]) },
      { name: 'bomb.gz', content: gzipSync(Buffer.alloc(20_000_000)) },
      { name: 'quine.gz', content: Buffer.from('1f8b0808', 'hex') },
      ...['txt', 'csv', 'md', 'bin', 'xyz', 'svg'].map((ending) =>
        text(`plague.${ending}`, `${ending === 'svg' ? '<svg/>' : ''}hello ${plague}`),
      ),
      ...['docx', 'xlsx', 'pptx', 'odt', 'zip'].map((ending) =>
        text(`plague.${ending}`, `${zip}${'x'.repeat(40)}${plague}`),
      ),
      ...['pdf', 'doc', 'mp3'].map((ending) =>
        text(
          `plague2.${ending}`,
          `${{ pdf, doc: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', mp3: 'ID3\x03\0\0\0\0\0\x0a' }[ending] ?? ''}${'\0'.repeat(600)}${plague}`,
        ),
      ),
      ...Array.from({ length: 10 }, (_, n) =>
        text(`far-${n}.txt`, `${'x'.repeat(n * 9_000)}${plague}${'y'.repeat(n * 7)}`),
      ),
      ...odd.map((name) => text(name, 'odd')),
      ...Array.from({ length: 30 }, (_, n) => ({
        name: `noise-${n}.${['png', 'pdf', 'docx', 'mp4', 'txt'][n % 5] ?? ''}`,
        content: randomBytes(2_000),
      })),
    ];
  }

  test('sizes that are lies', async () => {
    for (const size of [0, -1, 1.5, 2 ** 31 + 2 ** 30, Number.MAX_SAFE_INTEGER, 1e300])
      await expect(app.client(files).beginUpload({ org, body: { name: 'size.txt', size } })).rejects.toMatchObject({
        fields: expect.arrayContaining([expect.objectContaining({ field: 'size' })]),
      });
    const { id } = await app.client(files).beginUpload({ org, body: { name: 'small.txt', size: 10 } });
    expect((await put(app, id, 0, Buffer.alloc(1_000_000, 65))).status).toBe(400);
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(Buffer.alloc(65_536, 65)),
    });
    expect((await put(app, id, 0, endless).catch(() => ({ status: 400 }))).status).toBe(400);
    await expect(app.client(files).completeUpload({ org, params: { id }, body: {} })).rejects.toMatchObject({
      code: 'upload_incomplete',
    });
  });
});
