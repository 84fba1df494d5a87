import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDangerous, kindOf } from './file-kinds.ts';
import { endingOf, freeName, nameFault, tidyName } from './name-rules.ts';
import { rangeOf } from './range-rules.ts';
import { missingOffsets, partAt, partSize, sizeText } from './upload-rules.ts';

test('a free name is one that nobody has, that may be used, and keeps its ending', () => {
  const name = fc.constantFrom('a.txt', 'A.TXT', 'a (2).txt', 'a (10).txt', 'b', 'b (2)', `${'x'.repeat(146)}.pdf`);
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 20 }), (wanted, taken) => {
      const free = freeName(wanted, taken);
      expect(taken.map((one) => one.toLowerCase())).not.toContain(free.toLowerCase());
      expect(nameFault(free)).toBeUndefined();
      expect(endingOf(free)).toBe(endingOf(wanted));
    }),
  );
});

test('whatever name passes is one line that stays in its folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (raw) => {
      const name = tidyName(raw);
      if (nameFault(name) !== undefined) return;
      expect(name).toBe(tidyName(name));
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}]|^\.|[. ]$/u);
      expect(name.isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('the last ending counts, whatever its case', () => {
  expect(['rider.pdf.EXE', 'x.Html', 'a.svgz'].map(isDangerous)).toEqual([true, true, true]);
  expect(['exe', 'rider.exe.pdf', 'html.txt', 'a.bin', 'plot.svg'].map(isDangerous)).toEqual(Array(5).fill(false));
  expect(kindOf('Plot.SVG').type).toBe('application/octet-stream');
  expect(kindOf('Plot.JPeG').type).toBe('image/jpeg');
});

test('parts cover a file once and wholly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 * partSize }), (size) => {
      const offsets = missingOffsets(size, []);
      const parts = offsets.map((offset) => partAt(offset, size));
      expect(parts.reduce((sum, part) => sum + (part?.size ?? Number.NaN), 0)).toBe(size);
      expect(parts.map((part) => part?.number)).toEqual(offsets.map((_, index) => index + 1));
      expect(missingOffsets(size, offsets)).toEqual([]);
      expect(missingOffsets(size, offsets.slice(1))).toEqual([0]);
      expect(partAt(offsets.length * partSize, size)).toBeUndefined();
    }),
  );
  for (const offset of [-1, 1, partSize - 1, 0.5, Number.NaN]) expect(partAt(offset, 10 * partSize)).toBeUndefined();
});

test('a range is within the content, as a plain slice would have it', () => {
  const end = fc.option(fc.nat(30));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), end, end, (size, from, to) => {
      const range = rangeOf(`bytes=${from ?? ''}-${to ?? ''}`, size);
      const all = Array.from({ length: size }, (_, index) => index);
      const wanted =
        from === null
          ? to === null
            ? all
            : to === 0
              ? []
              : all.slice(-to)
          : all.slice(from, to === null ? size : to + 1);
      if (range === undefined) expect(from === null ? to === null : to !== null && to < from).toBe(true);
      else if (range === null) expect(wanted).toEqual([]);
      else expect(all.slice(range.first, range.last + 1)).toEqual(wanted);
    }),
  );
  expect(['items=0-1', 'bytes=a-b', 'bytes=0-1,3-4', '', undefined].map((header) => rangeOf(header, 9))).toEqual(
    Array(5).fill(undefined),
  );
});

test('sizes in words', () => {
  expect([1, 999, 1_000, 12_345, 999_999, 3_200_000, 10_000_000_000].map(sizeText)).toEqual([
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '12 kB',
    '1.0 MB',
    '3.2 MB',
    '10 GB',
  ]);
});
