import { createHash } from 'node:crypto';
import { queueMessage } from '#features/messaging/server/queue-message.ts';
import { invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { PdfDocument } from '#platform/pdf/document.ts';
import type { SheetFrame } from './sheet-frame.ts';
import { sheetPath } from './sheet-link.ts';
import type { SheetSource } from './sheet-source.ts';
import { personParts, personSheet, type PersonPart } from './sheets/person-sheet.ts';
import { daySpan } from '../show-day-rules.ts';

interface Sending {
  frame: SheetFrame;
  source: SheetSource;
  day: string;
  resourceIds: readonly string[];
  note: string;
  secret: string;
}

export interface Sent {
  sent: string[];
  unchanged: string[];
  unreachable: string[];
  notBooked: string[];
}

/**
 * A mail to each of these people with their times of the day and a link to their sheet.
 * @throws AppError invalid_input for somebody who isn’t there
 */
export async function sendDaySheets(tx: Tx, sending: Sending): Promise<Sent> {
  const people = await peopleWith(tx, sending.resourceIds);
  const parts = new Map(personParts(sending.source).map((part) => [part.resourceId, part]));
  const result: Sent = { sent: [], unchanged: [], unreachable: [], notBooked: [] };
  for (const { id, name, email, stopped } of people) {
    const part = parts.get(id);
    if (!part?.days.includes(sending.day)) result.notBooked.push(name);
    else if (email === null || stopped) result.unreachable.push(name);
    else result[(await sendTo(tx, sending, part, email)) ? 'sent' : 'unchanged'].push(name);
  }
  return result;
}

interface Person {
  id: string;
  name: string;
  email: string | null;
  stopped: boolean;
}

async function peopleWith(tx: Tx, ids: readonly string[]): Promise<Person[]> {
  const wanted = [...new Set(ids)];
  const people = await tx.query<Person>(
    `select r.id, r.name, r.email,
            exists (select from suppressed_addresses s
                     where s.org_id = $1 and s.email = lower(r.email) and s.kind is null) as stopped
       from resources r where r.org_id = $1 and r.id = any($2::uuid[]) and r.kind = 'person' order by r.name, r.id`,
    [tx.scope.orgId, wanted],
  );
  if (people.length < wanted.length)
    throw invalid('resourceIds', 'Somebody of these is not among your people (any more).');
  return people;
}

/** @returns false when they were sent exactly this before */
function sendTo(
  tx: Tx,
  { frame, source, day, note, secret }: Sending,
  part: PersonPart,
  email: string,
): Promise<boolean> {
  const { engagement } = source;
  const { resourceId, name } = part;
  const sheet = personSheet(frame, source, part, [day]);
  const link = sheetPath(secret, tx.scope.orgId, { engagementId: engagement.id, resourceId, day, paper: frame.paper });
  return queueMessage(tx, {
    kind: 'day_sheet',
    dedupeKey: `day_sheet:${contentHash([link, email, note, sheet.parts])}`,
    to: { email, name, resourceId },
    engagementId: engagement.id,
    variables: {
      'person.name': name,
      'engagement.title': engagement.title,
      day: frame.clock.longDate(day),
      place: [engagement.place, engagement.address].filter(Boolean).join('\n'),
      times: zoned(timesIn(sheet), `Times in ${frame.clock.zone(engagement.zone, daySpan(day, engagement.zone))}`),
      note: note.trim(),
    },
    link,
  });
}

/** Nothing to come to has no clock either. */
function zoned(times: string, clock: string): string {
  return times === '' ? '' : `${times}\n\n${clock}`;
}

function contentHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

/** The schedule in words, for who can’t or won’t open a PDF. */
function timesIn({ parts }: PdfDocument): string {
  const rows = parts.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === 'timeline' ? block.rows : []));
  return rows
    .map(({ from, until, mark, what, where, details }) => {
      const time = [until ? `${from} – ${until}` : from, mark && `(${mark})`].filter(Boolean).join(' ');
      return [`${time}  ${what}`, where, ...details.map((line) => line.replaceAll('\n', ' '))]
        .filter(Boolean)
        .join(' · ');
    })
    .join('\n');
}
