import type { listPeople } from '#features/engagements/people/server/queries.ts';
import type { PdfDocument } from '#platform/pdf/document.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { contactsTable, tableOf } from '../sheet-blocks.ts';
import { documentIn, type SheetFrame } from '../sheet-frame.ts';
import type { SheetSource } from '../sheet-source.ts';

type Person = Awaited<ReturnType<typeof listPeople>>['items'][number];

/** Who is on an engagement, group by group, and how to reach them. Whoever was replaced is not in it. */
export function contactSheet(
  frame: SheetFrame,
  source: SheetSource,
  { items, groups }: Awaited<ReturnType<typeof listPeople>>,
): PdfDocument {
  const { clock } = frame;
  const { engagement } = source;
  const { date } = toWallClock(engagement.startsAt, engagement.zone);
  const there = items.filter(({ standing }) => standing !== 'replaced');
  // The same columns in each group, as far as any of them has something to say in it.
  const columns = [
    { head: 'Name', share: 27, of: ({ name }: Person) => name },
    { head: 'As', share: 25, of: ({ role }: Person) => role },
    { head: 'Phone', share: 20, of: ({ phone }: Person) => phone ?? '' },
    { head: 'E-mail', share: 28, of: ({ email }: Person) => email ?? '' },
  ].map((column) => ({ ...column, always: there.some((person) => column.of(person) !== '') }));
  const tables = groups.flatMap(({ key, name }) => {
    const group = there.filter(({ groupKey }) => groupKey === key);
    return group.length > 0 ? [tableOf(name, '', group, columns)] : [];
  });
  return documentIn(frame, {
    label: 'Contact sheet',
    title: `${engagement.title}, ${clock.date(date)}`,
    parts: [
      {
        title: engagement.title,
        subtitle: [clock.longDate(date), engagement.place].filter(Boolean).join(' · '),
        blocks: [
          ...(tables.length > 0 ? tables : [tableOf('People', 'Nobody is on the roster yet.', [], columns)]),
          contactsTable(source),
        ],
      },
    ],
  });
}
