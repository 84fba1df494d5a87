import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { withClient } from '#platform/test/connection.ts';
import { outbound, OutboundError } from '#platform/http/outbound.ts';
import { resources, type Resource } from '#features/scheduling/resources/contract.ts';
import { availability } from '../contract.ts';
import { availabilityTasks } from './jobs.ts';
import { availabilityWarnings } from './warnings.ts';

// The one thing that is not real here: the Internet.
const internet = vi.spyOn(outbound, 'fetchText');

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  internet.mockRestore();
  await app.stop();
});
beforeEach(() => {
  internet.mockRejectedValue(new OutboundError('failed', 'No test may fetch.'));
});

const org = 'test';
const api = () => app.client(availability, 'manager');
const person = (name: string, more: object = {}): Promise<Resource> =>
  app.client(resources).create({ org, body: { kind: 'person', name, zone: 'Europe/Berlin', ...more } });

const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
const compact = (instant: string) => instant.replace(/[-:]/g, '').replace(/\.000/, '');
const ics = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\n${events.join('')}END:VCALENDAR\r\n`;
const event = (uid: string, start: string, more = '') =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:${compact(start)}\r\nDURATION:PT1H\r\nSUMMARY:Lesson ${uid}\r\n${more}END:VEVENT\r\n`;

describe('hours and time off', () => {
  test('hours are replaced as a whole; two that overlap are refused', async () => {
    const { id } = await person('Hours');
    const params = { id };
    expect(await api().getHours({ org, params })).toEqual({ hours: [] });
    const hours = [
      { weekday: 1, startsMinute: 540, endsMinute: 720 },
      { weekday: 1, startsMinute: 720, endsMinute: 1440 },
      { weekday: 7, startsMinute: 0, endsMinute: 60 },
    ];
    expect(await api().setHours({ org, params, body: { hours } })).toEqual({ hours });
    const overlapping = [...hours, { weekday: 7, startsMinute: 59, endsMinute: 61 }];
    await expect(api().setHours({ org, params, body: { hours: overlapping } })).rejects.toMatchObject({
      status: 400,
      fields: [{ field: 'hours.3' }],
    });
    await expect(
      api().setHours({ org, params, body: { hours: [{ weekday: 8, startsMinute: 60, endsMinute: 60 }] } }),
    ).rejects.toMatchObject({ status: 400 });
    expect(await api().getHours({ org, params })).toEqual({ hours });
    await expect(api().getHours({ org, params: { id: crypto.randomUUID() } })).rejects.toMatchObject({ status: 404 });
    await expect(api().setHours({ org, params: { id: crypto.randomUUID() }, body: { hours } })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('time off is listed by window and resource, and removed once', async () => {
    const { id } = await person('Away');
    const body = {
      resourceId: id,
      startsAt: '2026-07-01T00:00:00+02:00',
      endsAt: '2026-07-15T00:00:00+02:00',
      reason: 'Holiday',
    };
    const off = await api().addTimeOff({ org, body });
    expect(off).toMatchObject({ resourceId: id, startsAt: '2026-06-30T22:00:00.000Z', reason: 'Holiday' });
    const touching = { from: '2026-07-14T22:00:00Z', to: '2026-08-01T00:00:00Z' };
    expect((await api().listTimeOff({ org, query: touching })).items).toEqual([]);
    expect((await api().listTimeOff({ org, query: { ...touching, from: '2026-07-14T21:59:59Z' } })).items).toEqual([
      off,
    ]);
    expect((await api().listTimeOff({ org, query: { resourceId: id } })).items).toEqual([off]);
    await expect(api().addTimeOff({ org, body: { ...body, endsAt: body.startsAt } })).rejects.toMatchObject({
      status: 400,
      fields: [{ field: 'endsAt' }],
    });
    await expect(api().addTimeOff({ org, body: { ...body, resourceId: crypto.randomUUID() } })).rejects.toMatchObject({
      status: 400,
      fields: [{ field: 'resourceId' }],
    });
    await api().removeTimeOff({ org, params: { id: off.id } });
    await expect(api().removeTimeOff({ org, params: { id: off.id } })).rejects.toMatchObject({ status: 404 });
  });
});

describe('calendars from elsewhere', () => {
  test('a file makes busy times; removing it frees them', async () => {
    const { id } = await person('File');
    const params = { id };
    const content = ics(event('a', `${soon}T10:00:00Z`), event('b', `${soon}T12:00:00Z`, 'TRANSP:TRANSPARENT\r\n'));
    const added = await api().addCalendar({ org, params, body: { name: 'Own', content } });
    expect(added).toMatchObject({
      resourceId: id,
      name: 'Own',
      url: null,
      events: 1,
      lastError: null,
      refreshedAt: expect.any(String),
    });
    expect((await api().listCalendars({ org, params })).items).toEqual([added]);
    expect(await api().refreshCalendar({ org, params: { id: added.id } })).toMatchObject({ events: 1 });
    await api().removeCalendar({ org, params: { id: added.id } });
    expect(await busyOf(id)).toEqual([]);
    await expect(api().refreshCalendar({ org, params: { id: added.id } })).rejects.toMatchObject({ status: 404 });
  });

  test('an address is fetched as https; a failing refresh keeps what was known and says why', async () => {
    const { id } = await person('Address');
    internet.mockResolvedValueOnce(ics(event('a', `${soon}T10:00:00Z`)));
    const added = await api().addCalendar({
      org,
      params: { id },
      body: { name: 'Google', url: 'webcal://calendar.example.com/a.ics' },
    });
    expect(added).toMatchObject({ url: 'https://calendar.example.com/…', events: 1 });
    const params = { id: added.id };
    internet.mockRejectedValueOnce(new OutboundError('failed', 'calendar.example.com did not answer in time.'));
    await expect(api().refreshCalendar({ org, params })).rejects.toMatchObject({
      status: 422,
      code: 'calendar_unreadable',
      message: 'calendar.example.com did not answer in time.',
    });
    internet.mockResolvedValueOnce('<html>Sign in</html>');
    await expect(api().refreshCalendar({ org, params })).rejects.toMatchObject({
      status: 422,
      code: 'calendar_unreadable',
    });
    const [failed] = (await api().listCalendars({ org, params: { id } })).items;
    expect(failed).toMatchObject({
      events: 1,
      lastError: expect.stringContaining('not an iCalendar'),
      refreshedAt: added.refreshedAt,
    });
    internet.mockResolvedValueOnce(ics(event('b', `${soon}T11:00:00Z`), event('c', `${soon}T13:00:00Z`)));
    expect(await api().refreshCalendar({ org, params })).toMatchObject({ events: 2, lastError: null });
    expect((await busyOf(id)).map(({ summary }) => summary)).toEqual(['Lesson b', 'Lesson c']);
  });

  test.each([
    ['https://127.0.0.1/a.ics', 422, 'address_refused'],
    ['https://localhost/a.ics', 422, 'address_refused'],
    ['webcal://[::ffff:10.0.0.1]/a.ics', 422, 'address_refused'],
    ['http://calendar.example.com/a.ics', 400, 'invalid_input'],
    ['file:///etc/passwd', 400, 'invalid_input'],
  ])('%s is refused with nothing saved', async (url, status, code) => {
    const { id } = await person('Refused');
    await expect(api().addCalendar({ org, params: { id }, body: { name: 'x', url } })).rejects.toMatchObject({
      status,
      code,
      fields: [{ field: 'url' }],
    });
    expect((await api().listCalendars({ org, params: { id } })).items).toEqual([]);
  });

  test('what was left out is said on the calendar', async () => {
    const { id } = await person('Endless');
    const content = ics(event('a', `${soon}T10:00:00Z`, 'RRULE:FREQ=SECONDLY\r\n'));
    const added = await api().addCalendar({ org, params: { id }, body: { name: 'Endless', content } });
    expect(added.lastError).toMatch(/repeat too often|Only the first/);
    expect(added.events).toBeGreaterThan(1_000);
  });

  test('neither address nor text, or both, is bad input; an unknown resource is not there', async () => {
    const { id } = await person('Bad');
    const add = (body: object) => api().addCalendar({ org, params: { id }, body: { name: 'x', ...body } });
    await expect(add({})).rejects.toMatchObject({ status: 400 });
    await expect(add({ url: 'https://calendar.example.com/', content: 'x' })).rejects.toMatchObject({ status: 400 });
    await expect(add({ content: 'hello' })).rejects.toMatchObject({
      status: 422,
      code: 'calendar_unreadable',
      fields: [{ field: 'content' }],
    });
    await expect(
      api().addCalendar({ org, params: { id: crypto.randomUUID() }, body: { name: 'x', content: ics() } }),
    ).rejects.toMatchObject({ status: 404 });
  });

  test('the hourly job enqueues one job per address, once; that job refreshes', async () => {
    const { id } = await person('Job');
    internet.mockResolvedValueOnce(ics());
    const { id: calendarId } = await api().addCalendar({
      org,
      params: { id },
      body: { name: 'Job', url: 'https://calendar.example.com/job.ics' },
    });
    const [hourly, single] = availabilityTasks;
    const context = { services: app.app.services, tenant: app.inTenant, signal: new AbortController().signal };
    await hourly?.run(context, {} as never);
    await hourly?.run(context, {} as never);
    const jobs = await withClient(app.adminUrl.tenant, (admin) =>
      admin.query('select run_at > now() as later from graphile_worker._private_jobs where key = $1', [
        `${app.org.id}:calendar:${calendarId}`,
      ]),
    );
    expect(jobs.rows).toEqual([{ later: true }]);
    internet.mockResolvedValueOnce(ics(event('a', `${soon}T10:00:00Z`)));
    await single?.run(context, { calendarId } as never);
    expect(await busyOf(id)).toHaveLength(1);
    // A failure is noted and not thrown: the next hour is the retry.
    internet.mockRejectedValueOnce(new OutboundError('failed', 'It broke off.'));
    await single?.run(context, { calendarId } as never);
    expect((await api().listCalendars({ org, params: { id } })).items).toMatchObject([
      { events: 1, lastError: 'It broke off.' },
    ]);
    await single?.run(context, { calendarId: crypto.randomUUID() } as never);
  });

  const busyOf = (id: string) =>
    app.inTenant((tx) =>
      tx.query<{ summary: string }>(
        'select summary from busy_times where org_id = $1 and resource_id = $2 order by starts_at',
        [app.org.id, id],
      ),
    );
});

test('warnings name hours, time off and busy times', async () => {
  const { id } = await person('Warned');
  await api().setHours({
    org,
    params: { id },
    body: { hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsMinute: 540, endsMinute: 1020 })) },
  });
  await api().addTimeOff({
    org,
    body: { resourceId: id, startsAt: `${soon}T00:00:00Z`, endsAt: `${soon}T23:00:00Z`, reason: 'Dentist' },
  });
  await api().addCalendar({ org, params: { id }, body: { name: 'x', content: ics(event('a', `${soon}T20:00:00Z`)) } });
  const warn = (startsAt: string, endsAt: string) =>
    app.inTenant((tx) => availabilityWarnings(tx, [{ resourceId: id, startsAt, endsAt }]));
  const messages = (await warn(`${soon}T20:00:00.000Z`, `${soon}T21:00:00.000Z`)).map(({ message }) => message);
  expect(messages).toEqual([
    'This time reaches outside of the weekly hours of Warned.',
    expect.stringMatching(/^Warned is away until .* \(Dentist\)\.$/),
    expect.stringMatching(/^Warned is busy elsewhere from .*: Lesson a\.$/),
  ]);
  expect(
    await app.inTenant((tx) =>
      availabilityWarnings(tx, [
        { resourceId: crypto.randomUUID(), startsAt: `${soon}T20:00:00Z`, endsAt: `${soon}T21:00:00Z` },
      ]),
    ),
  ).toEqual([]);
});
