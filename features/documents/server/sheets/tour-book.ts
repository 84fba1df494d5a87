import type { PdfDocument } from '#platform/pdf/document.ts';
import { capital, documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';
import { dayPart } from './day-sheet.ts';

/** The days of one engagement that go into a book. */
export interface BookDays {
  source: SheetSource;
  days: readonly string[];
  /** Of the engagement, whether in the book or not. */
  all: readonly string[];
}

/** A whole series: contents, then each day's sheet. */
export function tourBook(
  frame: SheetFrame,
  series: string,
  words: { series: string; engagement: string },
  shows: readonly BookDays[],
): PdfDocument {
  const { clock } = frame;
  const parts = shows
    .flatMap(({ source, days, all }) => days.map((day) => ({ day, part: dayPart(frame, source, day, all) })))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const [first, last] = [parts[0], parts.at(-1)];
  const span = first && last ? `${clock.date(first.day)} – ${clock.date(last.day)}` : 'Nothing is planned yet.';
  return documentIn(frame, {
    label: `${capital(words.series)} book`,
    title: series,
    contents: { title: series, subtitle: span, heads: ['Day', capital(words.engagement)] },
    parts: parts.map(({ part }) => part),
  });
}
