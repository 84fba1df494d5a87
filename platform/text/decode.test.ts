import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

test('UTF-8 with and without its mark, UTF-16, windows-1252', () => {
  const text = 'Name;Straße €';
  const utf8 = new TextEncoder().encode(text);
  expect(decodeText(utf8)).toBe(text);
  expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]))).toBe(text);
  expect(decodeText(Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]))).toBe(text);
  expect(decodeText(Uint8Array.from([0xfe, 0xff, ...Buffer.from(text, 'utf16le').swap16()]))).toBe(text);
  expect(decodeText(Uint8Array.from([0x4e, 0xe4, 0x80]))).toBe('Nä€');
});
