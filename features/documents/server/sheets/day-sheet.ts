import type { PdfDocument, PdfPart } from '#platform/pdf/document.ts';
import { contactsTable, notesOf, peopleOn, peopleTable, placeFacts, thingsTable, timelineOf } from '../sheet-blocks.ts';
import { capital, documentIn, packOf, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';
import { travelBlocks } from '../sheet-travel.ts';

/** Where, when, who, with what: a page or two for each day. */
export function daySheet(
  frame: SheetFrame,
  source: SheetSource,
  days: readonly string[],
  all: readonly string[],
): PdfDocument {
  const { engagement } = source;
  const [only] = days;
  const title = days.length === 1 && only ? `${engagement.title}, ${frame.clock.date(only)}` : engagement.title;
  return documentIn(frame, {
    label: 'Day sheet',
    title,
    parts: days.map((day) => dayPart(frame, source, day, all)),
  });
}

export function dayPart({ clock }: SheetFrame, source: SheetSource, day: string, all: readonly string[]): PdfPart {
  const { engagement } = source;
  const { person } = packOf(source).words;
  const nth = all.length > 1 && all.includes(day) ? ` · Day ${all.indexOf(day) + 1} of ${all.length}` : '';
  return {
    title: clock.longDate(day),
    subtitle: [engagement.title + nth, source.copy].filter(Boolean).join(' · '),
    entry: [clock.date(day), [engagement.title, engagement.place].filter(Boolean).join(' — ')],
    blocks: [
      placeFacts(source, day, clock),
      timelineOf(source, day, clock, source.items),
      ...travelBlocks(source, day, clock),
      peopleTable(capital(person.many), peopleOn(source, day, clock), ''),
      thingsTable(source, day, clock),
      contactsTable(source),
      notesOf(source),
    ],
  };
}
