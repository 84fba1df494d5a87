import type { PdfDocument } from '#platform/pdf/document.ts';
import { contactsTable, peopleOn, placeFacts, tableOf, timelineOf } from '../sheet-blocks.ts';
import { documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';

/** Who is called when, the earliest first: for crews and for the door. */
export function callSheet(frame: SheetFrame, source: SheetSource, days: readonly string[]): PdfDocument {
  const { clock } = frame;
  const { engagement } = source;
  const [only] = days;
  return documentIn(frame, {
    label: 'Call sheet',
    title: days.length === 1 && only ? `${engagement.title}, ${clock.date(only)}` : engagement.title,
    parts: days.map((day) => {
      const people = peopleOn(source, day, clock)
        .filter(({ committed }) => committed)
        .toSorted((a, b) => compare(a.from, b.from) || compare(a.role, b.role) || compare(a.name, b.name));
      const first = people.find(({ times }) => times !== '');
      const called = [
        { label: 'First call', value: first ? clock.time(first.from, engagement.zone) : '' },
        { label: 'Called', value: people.length > 0 ? String(people.length) : '' },
      ];
      return {
        title: clock.longDate(day),
        subtitle: [engagement.title, 'Calls', source.copy].filter(Boolean).join(' · '),
        blocks: [
          placeFacts(source, day, clock, called),
          tableOf('Calls', 'Nobody is called on this day.', people, [
            { head: 'Name', share: 30, of: ({ name }) => name },
            { head: 'Call', share: 22, of: ({ times }) => times },
            { head: 'As', share: 26, of: ({ role }) => role },
            { head: 'Phone', share: 22, of: ({ phone }) => phone },
          ]),
          timelineOf(source, day, clock, source.items),
          contactsTable(source),
        ],
      };
    }),
  });
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
