import type { Circle } from '#features/engagements/timeline/audience-rules.ts';
import { getDossier } from '#features/engagements/server/queries.ts';
import { findLogo } from '#features/organisations/server/logo.ts';
import { getOrganisation } from '#features/organisations/server/settings.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { OrgContext } from '#platform/http/feature.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { toWallClock } from '#platform/time/wall-clock.ts';
import { daysAtMost, type Recipient } from '../contract.ts';
import { showDay, showDays } from '../show-day-rules.ts';
import { SheetClock } from './sheet-clock.ts';
import type { SheetFrame } from './sheet-frame.ts';
import { readSources, type SheetReader, type SheetSource } from './sheet-source.ts';
import type { BookDays } from './sheets/tour-book.ts';
import { personParts, type PersonPart } from './sheets/person-sheet.ts';

/** How a document of this organisation looks. */
export async function frameOf(
  control: Databases['control'],
  { orgId, now }: { orgId: string; now: Date },
  paper: Paper,
): Promise<SheetFrame> {
  const { name, zone, brandColour: colour, logoSetAt } = await getOrganisation(control, orgId);
  const found = logoSetAt === null ? undefined : await findLogo(control, orgId);
  const logo = found ? { image: `data:${found.type};base64,${found.bytes.toString('base64')}` } : null;
  return { paper, clock: new SheetClock(paper), organisation: { name, zone, colour, logo }, now };
}

function readerOf({ caller, own }: Pick<OrgContext, 'caller' | 'own'>): SheetReader {
  const account = own ?? caller.userId;
  return { can: (permission) => caller.can(permission), own: account === undefined ? undefined : { account } };
}

/**
 * @param circle for a copy that is handed out
 * @throws AppError not_found, also where the asker takes no part in it
 */
export async function sourceFor(context: OrgContext, id: string, circle?: Circle): Promise<SheetSource> {
  const { tx, own, services } = context;
  if (own) await getDossier(tx, services.databases.control, id, own);
  const [source] = await readSources(tx, [id], { ...readerOf(context), circle });
  if (!source) throw notFound();
  return source;
}

/** What one person’s link opens, whoever holds it: nothing of others. */
export async function sourceOfPerson(tx: Tx, id: string, person: string): Promise<SheetSource | undefined> {
  const [source] = await readSources(tx, [id], { can: () => false, own: { person } });
  return source;
}

/** Its show days; one without a schedule has the day on which it begins. */
export function daysOf({ engagement, items, bookings }: SheetSource): string[] {
  const days = showDays(
    items,
    bookings.filter(({ status }) => status === 'commit'),
  );
  return days.length > 0 ? days : [toWallClock(engagement.startsAt, engagement.zone).date];
}

/** The days asked for: one, or all of them. @throws AppError invalid_input when those are too many for a document */
export function chosenDays(day: string | undefined, all: readonly string[]): readonly string[] {
  if (day) return [day];
  if (all.length > daysAtMost) throw invalid('day', `These are more than ${daysAtMost} days. Choose one.`);
  return all;
}

/** @throws AppError not_found when nobody with this id is booked, or the asker may not see it */
export function personIn(source: SheetSource, resourceId: string): PersonPart {
  const person = personParts(source).find((one) => one.resourceId === resourceId);
  if (!person) throw notFound('This person');
  return person;
}

export function listDocuments(source: SheetSource, now: Date): { days: string[]; today: string; people: Recipient[] } {
  return {
    days: daysOf(source),
    today: showDay(now.toISOString(), source.engagement.zone),
    people: personParts(source).map(({ resourceId, name, email, days }) => ({
      resourceId,
      name,
      email,
      days,
    })),
  };
}

interface BookWanted {
  circle?: Circle | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** A series with the days that go into its book; what is lost or cancelled stays out. @throws AppError not_found, invalid_input */
export async function bookOf(
  context: OrgContext,
  seriesId: string,
  { circle, from = '', to = '9999-12-31' }: BookWanted,
) {
  const { tx } = context;
  const [[series], rows] = await Promise.all([
    tx.query<{ name: string }>('select name from series where org_id = $1 and id = $2', [tx.scope.orgId, seriesId]),
    tx.query<{ id: string }>(
      'select id from engagements where org_id = $1 and series_id = $2 order by starts_at, id limit $3',
      [tx.scope.orgId, seriesId, daysAtMost * 2],
    ),
  ]);
  if (!series) throw notFound('This series');
  const ids = rows.map(({ id }) => id);
  const shows: BookDays[] = [];
  for (const source of await readSources(tx, ids, { ...readerOf(context), circle })) {
    if (isLost(source)) continue;
    const all = daysOf(source);
    shows.push({ source, all, days: all.filter((day) => from <= day && day <= to) });
  }
  const count = shows.reduce((sum, { days }) => sum + days.length, 0);
  if (count > daysAtMost) {
    throw invalid('to', `These are ${count} days, and a book takes ${daysAtMost}. Choose an earlier last day.`);
  }
  return { series: series.name, shows };
}

function isLost({ engagement: { pack, stage } }: SheetSource): boolean {
  return packs[pack].stages.some(({ key, kind }) => key === stage && kind === 'lost');
}
