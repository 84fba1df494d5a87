import { describe, expect, test } from 'vitest';
import { busyTimesOf, limits } from './calendar-events.ts';
import { readCalendar } from './calendar-reader.ts';

const window = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-07-01T00:00:00Z') };

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//t//t//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');

function read(content: string, zone = 'Europe/Berlin') {
  return busyTimesOf(content, { zone, ...window });
}
const short = (at: number) => new Date(at).toISOString().replace(/:00\.000Z$/, 'Z');
function times(content: string, zone?: string): string[] {
  return read(content, zone)
    .busy.map(({ startsAt, endsAt }) => `${short(startsAt)} ${short(endsAt)}`)
    .sort();
}

describe('times', () => {
  test('UTC, named zone, floating, all day, each by its clock', () => {
    expect(times(calendar(event('UID:1', 'DTSTART:20260701T100000Z', 'DTEND:20260701T110000Z')))).toEqual([
      '2026-07-01T10:00Z 2026-07-01T11:00Z',
    ]);
    expect(times(calendar(event('UID:1', 'DTSTART;TZID=America/New_York:20260701T100000', 'DURATION:PT90M')))).toEqual([
      '2026-07-01T14:00Z 2026-07-01T15:30Z',
    ]);
    expect(
      times(calendar(event('UID:1', 'DTSTART:20260701T100000', 'DTEND:20260701T110000')), 'Australia/Lord_Howe'),
    ).toEqual(['2026-06-30T23:30Z 2026-07-01T00:30Z']);
    expect(times(calendar(event('UID:1', 'DTSTART;VALUE=DATE:20260701')))).toEqual([
      '2026-06-30T22:00Z 2026-07-01T22:00Z',
    ]);
    expect(times(calendar(event('UID:1', 'DTSTART;VALUE=DATE:20260701', 'DTEND;VALUE=DATE:20260704')))).toEqual([
      '2026-06-30T22:00Z 2026-07-03T22:00Z',
    ]);
  });

  test('a whole day is 23 hours long when the clock goes forward, also as a repetition', () => {
    const days = times(calendar(event('UID:1', 'DTSTART;VALUE=DATE:20260328', 'RRULE:FREQ=DAILY;COUNT=3')));
    expect(days).toEqual([
      '2026-03-27T23:00Z 2026-03-28T23:00Z',
      '2026-03-28T23:00Z 2026-03-29T22:00Z',
      '2026-03-29T22:00Z 2026-03-30T22:00Z',
    ]);
  });

  test.each([
    ['W. Europe Standard Time', '2026-07-01T08:00Z'],
    ['Eastern Standard Time', '2026-07-01T14:00Z'],
    ['/mozilla.org/20050126_1/Europe/Berlin', '2026-07-01T08:00Z'],
    ['/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires', '2026-07-01T13:00Z'],
    ['"Europe/London"', '2026-07-01T09:00Z'],
    // Nothing that we know and no definition: as if floating.
    ['Nowhere Time', '2026-07-01T08:00Z'],
  ])('zone name %s', (tzid, start) => {
    const [time] = times(calendar(event('UID:1', `DTSTART;TZID=${tzid}:20260701T100000`, 'DURATION:PT1H')));
    expect(time?.split(' ')[0]).toBe(start);
  });

  const custom = [
    'BEGIN:VTIMEZONE',
    'TZID:Our Clock',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0300',
    'TZOFFSETTO:+0300',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  test('a zone that only the file defines', () => {
    expect(
      times(calendar(...custom, event('UID:1', 'DTSTART;TZID=Our Clock:20260701T100000', 'DURATION:PT1H'))),
    ).toEqual(['2026-07-01T07:00Z 2026-07-01T08:00Z']);
  });

  test('a definition that contradicts the zone it names gives way to the zone', () => {
    const wrong = custom.map((line) => line.replace('Our Clock', 'Europe/Berlin'));
    expect(
      times(calendar(...wrong, event('UID:1', 'DTSTART;TZID=Europe/Berlin:20260701T100000', 'DURATION:PT1H'))),
    ).toEqual(['2026-07-01T08:00Z 2026-07-01T09:00Z']);
  });

  test('long events come in pieces of at most 31 days, only within what is known', () => {
    const { busy } = read(calendar(event('UID:1', 'DTSTART;VALUE=DATE:19900101', 'DTEND;VALUE=DATE:20990101')));
    expect(busy[0]?.startsAt).toBe(window.from);
    expect(busy.at(-1)?.endsAt).toBe(window.to);
    expect(
      busy.every(
        ({ startsAt, endsAt }, index) =>
          endsAt - startsAt <= 31 * 86_400_000 && (index === 0 || busy[index - 1]?.endsAt === startsAt),
      ),
    ).toBe(true);
  });
});

describe('repetitions', () => {
  const weekly = [
    'UID:w',
    'SUMMARY:Class',
    'DTSTART;TZID=Europe/Berlin:20260310T180000',
    'DTEND;TZID=Europe/Berlin:20260310T193000',
  ];

  test('keep the wall clock across a change', () => {
    expect(times(calendar(event(...weekly, 'RRULE:FREQ=WEEKLY;COUNT=4')))).toEqual([
      '2026-03-10T17:00Z 2026-03-10T18:30Z',
      '2026-03-17T17:00Z 2026-03-17T18:30Z',
      '2026-03-24T17:00Z 2026-03-24T18:30Z',
      '2026-03-31T16:00Z 2026-03-31T17:30Z',
    ]);
  });

  test('EXDATE in another notation, RDATE, and RDATE with a length', () => {
    const more = [
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'EXDATE:20260317T170000Z',
      'RDATE;TZID=Europe/Berlin:20260319T180000',
      'RDATE;VALUE=PERIOD:20260320T080000Z/PT2H',
    ];
    expect(times(calendar(event(...weekly, ...more)))).toEqual([
      '2026-03-10T17:00Z 2026-03-10T18:30Z',
      '2026-03-19T17:00Z 2026-03-19T18:30Z',
      '2026-03-20T08:00Z 2026-03-20T10:00Z',
      '2026-03-24T17:00Z 2026-03-24T18:30Z',
    ]);
  });

  test('changed, moved far away, cancelled occurrences; recurrence ids in UTC or zone', () => {
    const moved = event(
      'UID:w',
      'RECURRENCE-ID:20260317T170000Z',
      'DTSTART;TZID=Europe/Berlin:20260501T090000',
      'DTEND;TZID=Europe/Berlin:20260501T100000',
    );
    const cancelled = event(
      'UID:w',
      'RECURRENCE-ID;TZID=Europe/Berlin:20260324T180000',
      'STATUS:CANCELLED',
      'DTSTART;TZID=Europe/Berlin:20260324T180000',
      'DURATION:PT1H',
    );
    expect(times(calendar(event(...weekly, 'RRULE:FREQ=WEEKLY;COUNT=3'), moved, cancelled))).toEqual([
      '2026-03-10T17:00Z 2026-03-10T18:30Z',
      '2026-05-01T07:00Z 2026-05-01T08:00Z',
    ]);
  });

  test('this and all later ones moved', () => {
    const later = event(
      'UID:w',
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260317T180000',
      'DTSTART;TZID=Europe/Berlin:20260317T200000',
      'DURATION:PT1H',
    );
    expect(times(calendar(event(...weekly, 'RRULE:FREQ=WEEKLY;COUNT=3'), later))).toEqual([
      '2026-03-10T17:00Z 2026-03-10T18:30Z',
      '2026-03-17T19:00Z 2026-03-17T20:00Z',
      '2026-03-24T19:00Z 2026-03-24T20:00Z',
    ]);
  });

  test('a change whose event is not in the file stands for itself', () => {
    expect(
      times(calendar(event('UID:x', 'RECURRENCE-ID:20260317T170000Z', 'DTSTART:20260317T100000Z', 'DURATION:PT1H'))),
    ).toEqual(['2026-03-17T10:00Z 2026-03-17T11:00Z']);
  });

  test('a rule that began long ago reaches the present', () => {
    const old = times(
      calendar(
        event(
          'UID:1',
          'DTSTART;TZID=Europe/Berlin:19950101T080000',
          'DURATION:PT30M',
          'RRULE:FREQ=DAILY;UNTIL=20260103T000000Z',
        ),
      ),
    );
    expect(old).toEqual(['2026-01-01T07:00Z 2026-01-01T07:30Z', '2026-01-02T07:00Z 2026-01-02T07:30Z']);
  });
});

test('free, cancelled and empty events do not count; private ones hide what they are', () => {
  const at = ['DTSTART:20260701T100000Z', 'DURATION:PT1H'];
  const { busy } = read(
    calendar(
      event('UID:1', ...at, 'TRANSP:TRANSPARENT'),
      event('UID:2', ...at, 'STATUS:CANCELLED'),
      event('UID:3', 'DTSTART:20260701T100000Z'),
      event('UID:4', ...at, 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'),
      event('UID:5', ...at, 'CLASS:PRIVATE', 'SUMMARY:Surgery'),
      event('UID:6', ...at, 'SUMMARY:Lesson\\, long'),
      event('UID:7', ...at),
    ),
  );
  expect(busy.map(({ uid, summary }) => [uid, summary])).toEqual([
    ['5', 'Busy'],
    ['6', 'Lesson, long'],
    ['7', 'Busy'],
  ]);
});

describe('hostile and broken files', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  const readAll = (content: string) => readCalendar(content, 'Europe/Berlin', now, 5);

  test.each([
    ['not a calendar', '<html>Sign in</html>'],
    ['empty', ''],
    ['a card', 'BEGIN:VCARD\r\nEND:VCARD'],
    ['cut off', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART'],
    ['too large', `BEGIN:VCALENDAR\r\n${'X-A:'.padEnd(1_000, 'a')}`.padEnd(5_100_000, '\r\nX-B:b')],
  ])('%s: refused in words', async (_, content) => {
    await expect(readAll(content)).rejects.toThrow(/calendar|iCalendar/);
  });

  test.each([
    ['every second for ever', event('UID:1', 'DTSTART:20260101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')],
    ['every second since 1900', event('UID:1', 'DTSTART:19000101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')],
    [
      'many such',
      Array.from({ length: 40 }, (_, n) =>
        event(`UID:${n}`, 'DTSTART:20250101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=MINUTELY'),
      ).join('\r\n'),
    ],
  ])('%s: bounded, with a note', async (_, content) => {
    const { busy, notes } = await readAll(
      calendar(content, event('UID:good', 'DTSTART:20260701T100000Z', 'DURATION:PT1H')),
    );
    expect(busy.length).toBeLessThanOrEqual(limits.occurrences);
    expect(notes.join(' ')).toMatch(/repeat too often|Only the first/);
  });

  test.each([
    [
      'a day that never comes',
      event('UID:1', 'DTSTART:20260101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
    ],
    [
      'a zone that changes every second',
      [
        'BEGIN:VTIMEZONE',
        'TZID:Odd',
        'BEGIN:STANDARD',
        'DTSTART:19700101T000000',
        'RRULE:FREQ=SECONDLY',
        'TZOFFSETFROM:+0000',
        'TZOFFSETTO:+0100',
        'END:STANDARD',
        'END:VTIMEZONE',
        event('UID:1', 'DTSTART;TZID=Odd:20260101T000000', 'DURATION:PT1H'),
      ].join('\r\n'),
    ],
    ['deep nesting', `${'BEGIN:VEVENT\r\n'.repeat(150_000)}${'END:VEVENT\r\n'.repeat(150_000)}`.trimEnd()],
    [
      'one line of four megabytes',
      event('UID:1', `SUMMARY:${'x'.repeat(4_000_000)}`, 'DTSTART:20260701T100000Z', 'DURATION:PT1H'),
    ],
    [
      'four megabytes of folds',
      event('UID:1', `SUMMARY:x${'\r\n y'.repeat(1_000_000)}`, 'DTSTART:20260701T100000Z', 'DURATION:PT1H'),
    ],
    [
      'fifty thousand events',
      Array.from({ length: 50_000 }, (_, n) => event(`UID:${n}`, 'DTSTART:20260701T100000Z')).join('\r\n'),
    ],
    [
      'years beyond counting',
      event('UID:1', 'DTSTART:99991231T235959Z', 'DURATION:P99999999W', 'RRULE:FREQ=YEARLY;INTERVAL=99999999'),
    ],
    [
      'prototype names',
      event('UID:__proto__', 'DTSTART;TZID=__proto__:20260701T100000', 'DURATION:PT1H', 'CONSTRUCTOR:x'),
    ],
  ])('%s: an answer in time, either way', async (_, content) => {
    const started = performance.now();
    const outcome = await readAll(calendar(content)).then(
      ({ busy }) => busy.length,
      (error: Error) => error.message,
    );
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(String(outcome)).toMatch(/^\d+$|calendar/i);
  });

  test('an event that makes no sense costs only itself', async () => {
    const bad = [event('UID:2', 'DURATION:PT1H'), event('UID:3', 'DTSTART:20260701T100000Z', 'RRULE:FREQ=SOMETIMES')];
    const { busy, notes } = await readAll(
      calendar(...bad, event('UID:good', 'DTSTART:20260701T100000Z', 'DURATION:PT1H')),
    );
    expect(busy.map(({ uid }) => uid)).toEqual(['good']);
    expect(notes).toEqual(['Some events could not be read and were left out.']);
  });
});
