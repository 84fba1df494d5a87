import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { outbound, OutboundError, publicUrl } from '#platform/http/outbound.ts';
import type { Expanded } from './calendar-events.ts';
import { readCalendar, UnreadableCalendar } from './calendar-reader.ts';

/** Runs work in a transaction of the organisation; fetching and reading stay between two of them. */
export type InTenant = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Where a calendar comes from: exactly one of the two. */
export interface CalendarSource {
  url: string | null;
  content: string | null;
}

const fetchLimits = { accept: 'text/calendar, text/plain;q=0.5', maxBytes: 5_000_000, timeout: 20_000 };

/** @throws AppError address_refused, calendar_unreadable, in words for the user */
export async function loadCalendar(
  { url, content }: CalendarSource,
  zone: string,
  now: Date,
  signal?: AbortSignal,
): Promise<Expanded> {
  try {
    const text =
      url === null ? (content ?? '') : await outbound.fetchText(url, { ...fetchLimits, ...(signal && { signal }) });
    return await readCalendar(text, zone, now);
  } catch (error) {
    if (error instanceof OutboundError) {
      const code = error.reason === 'refused' ? 'address_refused' : 'calendar_unreadable';
      throw new AppError(code, {
        message: error.message,
        fields: [{ field: 'url', message: error.message }],
        cause: error,
      });
    }
    if (error instanceof UnreadableCalendar) {
      const field = url === null ? 'content' : 'url';
      throw new AppError('calendar_unreadable', {
        message: error.message,
        fields: [{ field, message: error.message }],
        cause: error,
      });
    }
    throw error;
  }
}

/** The address as it is fetched, so that webcal and https are one. @throws AppError address_refused */
export function normalUrl(url: string): string {
  try {
    return publicUrl(url).href;
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new AppError('address_refused', {
      message: error.message,
      fields: [{ field: 'url', message: error.message }],
      cause: error,
    });
  }
}

/** @returns the id */
export async function insertCalendar(
  tx: Tx,
  resourceId: string,
  name: string,
  source: CalendarSource,
  read: Expanded,
): Promise<string> {
  const id = uuidv7();
  // An address is fetched again; only a file must be kept, to read it on as time passes.
  await tx.query(
    'insert into calendars (org_id, id, resource_id, name, url, content) values ($1, $2, $3, $4, $5, $6)',
    [tx.scope.orgId, id, resourceId, name, source.url, source.content?.replaceAll('\u0000', '') ?? null],
  );
  await storeBusyTimes(tx, id, read);
  return id;
}

/** Fetches and reads a calendar again. A failure keeps what was known, and is noted in plain words. */
export async function refreshCalendar(inTenant: InTenant, id: string, now: Date, signal?: AbortSignal): Promise<void> {
  const source = await inTenant((tx) => sourceOf(tx, id));
  let read: Expanded;
  try {
    read = await loadCalendar(source, source.zone, now, signal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await inTenant((tx) => noteFailure(tx, id, error.message));
    throw error;
  }
  await inTenant((tx) => storeBusyTimes(tx, id, read));
}

async function sourceOf(tx: Tx, id: string): Promise<CalendarSource & { zone: string }> {
  const [row] = await tx.query<CalendarSource & { zone: string }>(
    `select c.url, c.content, r.zone from calendars c join resources r on r.org_id = c.org_id and r.id = c.resource_id
      where c.org_id = $1 and c.id = $2`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound('This calendar');
  return row;
}

/** Only when it says something new: the hourly failure of a dead address is no news. */
async function noteFailure(tx: Tx, id: string, message: string): Promise<void> {
  await tx.query(
    `update calendars set last_error = $3, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 and last_error is distinct from $3`,
    [tx.scope.orgId, id, message],
  );
}

/** Replaces what a calendar makes busy. @throws AppError not_found when it was removed meanwhile */
export async function storeBusyTimes(tx: Tx, id: string, { busy, notes }: Expanded): Promise<void> {
  const [calendar] = await tx.query<{ resource_id: string }>(
    `update calendars set refreshed_at = $3, last_error = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = $2 returning resource_id`,
    [tx.scope.orgId, id, tx.scope.now, notes.length > 0 ? notes.join(' ') : null],
  );
  if (!calendar) throw notFound('This calendar');
  await tx.query('delete from busy_times where org_id = $1 and calendar_id = $2', [tx.scope.orgId, id]);
  await tx.query(
    `insert into busy_times (org_id, id, resource_id, calendar_id, uid, summary, starts_at, ends_at)
     select $1, gen_random_uuid(), $2, $3, b.uid, b.summary, to_timestamp(b.starts / 1000), to_timestamp(b.ends / 1000)
       from unnest($4::text[], $5::text[], $6::double precision[], $7::double precision[]) as b(uid, summary, starts, ends)`,
    [
      tx.scope.orgId,
      calendar.resource_id,
      id,
      busy.map(({ uid }) => uid),
      busy.map(({ summary }) => summary),
      busy.map(({ startsAt }) => startsAt),
      busy.map(({ endsAt }) => endsAt),
    ],
  );
}
