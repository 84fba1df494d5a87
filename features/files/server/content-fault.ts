import { fileTypeFromBuffer } from 'file-type';
import { kindOf, type FileKind } from '../file-kinds.ts';
import { endingOf } from '../name-rules.ts';

/** Bytes from the beginning that are looked at: what formats are known by stands there. */
export const headSize = 4_100;

/** What a computer runs, whatever it is called. */
const programs = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/wasm',
  'application/x.ms.shortcut',
  'application/x.apple.alias',
  'application/x-apple-diskimage',
  'application/x-iso9660-image',
  'application/x-deb',
  'application/x-rpm',
  'application/x-google-chrome-extension',
  'application/x-shockwave-flash',
]);

/** Text that says what it is without being bytes of anything else. */
const plainTexts = new Set(['application/xml', 'text/calendar', 'text/vcard', 'text/vtt', 'application/x-subrip']);

/**
 * @param head the first bytes, at least `headSize` of them unless there are fewer
 * @returns why a file of this name can't have this content, with what to do; undefined when they agree
 */
export async function contentFault(name: string, head: Uint8Array): Promise<string | undefined> {
  const found = await typeOf(head);
  const kind = kindOf(name);
  if (found && programs.has(found)) return `“${name}” is a program. Programs are not kept here.`;
  if (startsWith(head, '#!')) return `“${name}” is a script. Put it into a ZIP file and upload that.`;
  if (isPage(head) && endingOf(name) !== 'svg')
    return `“${name}” holds a web page or a script. Save it as a PDF, or put it into a ZIP file.`;
  if (kind.bytes.length > 0 && found && kind.bytes.includes(found)) return undefined;
  const isText = kind.group === 'text' || endingOf(name) === 'svg';
  if (isText && isPlainText(head) && (!found || plainTexts.has(found))) return undefined;
  if (isText || kind.bytes.length > 0) return mismatch(name, kind, found);
  return undefined;
}

function mismatch(name: string, kind: FileKind, found: string | undefined): string {
  const expected = kind.group === 'text' ? 'plain text' : kind.type;
  const is = found ? `its content is ${found}` : 'its content is something else';
  return `“${name}” should hold ${expected}, but ${is}. Give it the ending that fits, or choose the right file.`;
}

/** Bytes that break off, or lie, make the library give up: then they say nothing. */
async function typeOf(head: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found) return found.mime;
  return startsWith(head, 'PK\u0003\u0004') ? 'application/zip' : undefined;
}

function startsWith(head: Uint8Array, text: string): boolean {
  return Buffer.from(head.subarray(0, text.length)).toString('latin1') === text;
}

/** What a browser would take for a page if it guessed, or a server would run. */
function isPage(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString(isUtf16(head) ? 'utf16le' : 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase();
  const bare = text.replace(/^(<\?xml[^>]*>|<!--[\s\S]*?-->|\s)+/, '');
  return /^(<!doctype\s+html|<(html|head|body|script|iframe|object|embed|svg|meta|link|style|title|h1|div|img|a|table|form)[\s/>]|<\?php|<%)/.test(
    bare,
  );
}

function isUtf16(head: Uint8Array): boolean {
  return head[0] === 0xff && head[1] === 0xfe;
}

/** No controls but those of text; 16-bit text says so with its mark. */
function isPlainText(head: Uint8Array): boolean {
  if (isUtf16(head) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  return head.every((byte) => byte >= 32 || [9, 10, 12, 13, 27].includes(byte));
}
