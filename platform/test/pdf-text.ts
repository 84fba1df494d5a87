import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF that `platform/pdf` made, page by page, for tests: what is in it and, above all, what isn't. Letters
 * are numbers of their font there; each font brings the table back to Unicode. Spaces between columns are lost.
 */
export function pdfText(pdf: Uint8Array): string {
  const objects = readObjects(Buffer.from(pdf).toString('latin1'));
  const letters = lettersByFont(objects);
  const pages = [...objects.values()].flatMap(({ stream }) => (stream && /\bTJ\b/.test(stream) ? [stream] : []));
  return pages.map((page) => pageText(page, letters)).join('\f');
}

interface PdfObject {
  dictionary: string;
  stream: string | undefined;
}

function readObjects(file: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  for (const [, number = '', body = ''] of file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', data] = body.split(/\nstream\n/);
    const bytes = data?.replace(/\nendstream$/, '');
    const packed = dictionary.includes('/FlateDecode');
    // Font files are packed as well; they read as no text and are passed over.
    const stream = bytes && packed ? inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1') : bytes;
    objects.set(number, { dictionary, stream });
  }
  return objects;
}

/** Font as pages name it (F1) → number of a letter → the letter. */
function lettersByFont(objects: ReadonlyMap<string, PdfObject>): Map<string, Map<string, string>> {
  const fonts = new Map<string, Map<string, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, name = '', number = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.dictionary ?? '')?.[1] ?? '';
      fonts.set(name, unicodeTable(objects.get(table)?.stream ?? ''));
    }
  }
  return fonts;
}

function unicodeTable(stream: string): Map<string, string> {
  const table = new Map<string, string>();
  for (const [, from = '', list = ''] of stream.matchAll(/<([\da-f]{4})> <[\da-f]{4}> \[([^\]]*)\]/g)) {
    for (const [index, [, letter = '']] of [...list.matchAll(/<([\da-f ]*)>/g)].entries()) {
      const code = (Number.parseInt(from, 16) + index).toString(16).padStart(4, '0');
      table.set(code, Buffer.from(letter.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return table;
}

function pageText(page: string, letters: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> | undefined;
  let text = '';
  for (const [, name, shown] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = letters.get(name);
    const codes = [...(shown ?? '').matchAll(/<([\da-f]+)>/g)].flatMap(([, run = '']) => run.match(/.{4}/g) ?? []);
    text += codes.map((code) => font?.get(code) ?? '').join('');
  }
  return text;
}
