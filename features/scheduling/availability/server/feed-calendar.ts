import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** One entry of an outgoing calendar. */
export interface FeedEvent {
  id: string;
  version: number;
  /** ISO instants. */
  startsAt: string;
  endsAt: string;
  updatedAt: string;
  status: 'pencil' | 'hold' | 'commit';
  rank: number | null;
  /** What it is for; null for blocked time. */
  title: string | null;
  /** Named when the feed shows several. */
  resource: string | null;
  place: string | null;
  address: string | null;
  /** Where there is more about it. */
  link?: string;
}

export interface FeedCalendar {
  name: string;
  /** Zone that the calendar is meant to be read in. */
  zone: string;
  events: readonly FeedEvent[];
}

/**
 * The calendar as RFC 5545 text. Times are UTC instants, which every program shows by the reader's clock;
 * `X-WR-TIMEZONE` names the organisation's (see docs/decisions/021-calendars-out-in-utc.md). The same
 * events make the same text, so that an unchanged calendar is recognised.
 */
export function calendarText({ name, zone, events }: FeedCalendar): string {
  const calendar = ical({
    name: plain(name),
    prodId: { company: 'Holdfast', product: 'Calendar', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 15 * 60,
    x: { 'X-WR-TIMEZONE': zone },
  });
  for (const event of events) {
    calendar.createEvent({
      id: `${event.id}@holdfast`,
      sequence: event.version,
      start: new Date(event.startsAt),
      end: new Date(event.endsAt),
      stamp: new Date(event.updatedAt),
      lastModified: new Date(event.updatedAt),
      status: event.status === 'commit' ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
      summary: summaryOf(event),
      location: locationOf(event),
      ...(event.link ? { url: event.link, description: `Day sheet: ${event.link}` } : {}),
    });
  }
  return calendar.toString();
}

function summaryOf({ status, rank, title, resource }: FeedEvent): string {
  const what = plain([title ?? 'Blocked time', resource].filter((part) => part !== null).join(' – '));
  if (status === 'commit') return what;
  return status === 'hold' ? `Hold ${rank}: ${what}` : `Pencil: ${what}`;
}

function locationOf({ place, address }: FeedEvent): string | null {
  const parts = [place, address].filter((part) => part !== null && part !== '');
  return parts.length > 0 ? plain(parts.join(', ')) : null;
}

/** One line: some programs stop reading at an escaped line break. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
