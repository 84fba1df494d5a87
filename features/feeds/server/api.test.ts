import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources, type Resource } from '#features/scheduling/resources/contract.ts';
import { availability } from '#features/scheduling/availability/contract.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const org = 'test';
const api = () => app.client(availability, 'manager');
const person = (name: string): Promise<Resource> =>
  app.client(resources).create({ org, body: { kind: 'person', name, zone: 'Europe/Berlin' } });
const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

describe('outgoing calendars', () => {
  const get = (url: string, headers: Record<string, string> = {}) =>
    fetch(new URL(new URL(url).pathname, app.baseUrl), { headers });
  const parsed = (text: string) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));

  test('say what is claimed, as other programs read it', async () => {
    const hall = await app.client(resources).create({
      org,
      body: {
        kind: 'place',
        name: 'Großer Saal; „Nord“',
        address: 'Straße 1, Berlin\nGermany',
        zone: 'Europe/Berlin',
      },
    });
    const place = (status: 'pencil' | 'hold' | 'commit', at: string) => ({
      resourceId: hall.id,
      startsAt: `${soon}T${at}:00:00Z`,
      endsAt: `${soon}T${at}:59:00Z`,
      status,
    });
    const placed = await app
      .client(claims)
      .place({ org, body: { claims: [place('commit', '10'), place('hold', '12'), place('pencil', '14')] } });
    const { feed, url } = await api().createFeed({ org, body: { name: 'Hall', resourceId: hall.id } });
    expect(url).toMatch(new RegExp(`^http.*/api/v1/feeds/${app.org.id}/[\\w-]{43}\\.ics$`));
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toMatch(/^private/);
    const text = await response.text();
    // CRLF only, no line above 75 bytes.
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text).toContain('X-WR-TIMEZONE:Europe/Berlin');
    const events = parsed(text);
    expect(events.map(({ uid }) => uid)).toEqual(placed.claims.map(({ id }) => `${id}@holdfast`));
    expect(
      events.map(({ startDate, endDate }) => [startDate.toJSDate().toISOString(), endDate.toJSDate().toISOString()]),
    ).toEqual(placed.claims.map(({ startsAt, endsAt }) => [startsAt, endsAt]));
    expect(events.map(({ summary }) => summary)).toEqual([
      'Blocked time',
      'Hold 1: Blocked time',
      'Pencil: Blocked time',
    ]);
    expect(events.map(({ component }) => component.getFirstPropertyValue('status'))).toEqual([
      'CONFIRMED',
      'TENTATIVE',
      'TENTATIVE',
    ]);
    expect(events.map(({ location }) => location)).toEqual(
      Array(3).fill('Großer Saal; „Nord“, Straße 1, Berlin Germany'),
    );
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 1, 1]);
    expect(events[0]?.component.getFirstPropertyValue('last-modified')?.toString().slice(0, 19)).toBe(
      placed.claims[0]?.updatedAt.slice(0, 19),
    );

    const etag = response.headers.get('etag') ?? '';
    const again = await get(url, { 'if-none-match': `W/${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const [first] = placed.claims;
    await app.client(claims).change({ org, params: { id: first?.id ?? '' }, body: { version: 1, note: 'x' } });
    const changed = await get(url.replace(/\.ics$/, ''), { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(parsed(await changed.text())[0]?.sequence).toBe(2);

    const listed = (await api().listFeeds({ org })).items;
    expect(listed).toContainEqual(feed);
    expect(JSON.stringify(listed)).not.toContain(url.split('/').at(-1)?.slice(0, 20));
    await api().revokeFeed({ org, params: { id: feed.id } });
    expect((await get(url)).status).toBe(404);
  });

  test('unknown, revoked, foreign and malformed are one answer', async () => {
    const other = await app.addOrganisation('feeds-other');
    const { url } = await app
      .client(availability, 'owner', other)
      .createFeed({ org: 'feeds-other', body: { name: 'Everything' } });
    const token = url.split('/').at(-1) ?? '';
    expect((await get(url)).status).toBe(200);
    const answers = await Promise.all(
      [
        `${app.org.id}/${token}`,
        `${other.id}/${'x'.repeat(43)}.ics`,
        `${crypto.randomUUID()}/${token}`,
        `${other.id}/${token.slice(1)}`,
      ].map(async (path) => {
        const response = await fetch(`${app.baseUrl}/api/v1/feeds/${path}`);
        const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>;
        return { status: response.status, problem };
      }),
    );
    expect(answers[0]?.status).toBe(404);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('everything in the organisation, with who is booked', async () => {
    const { id } = await person('Ada');
    const claim = {
      resourceId: id,
      startsAt: `${soon}T08:00:00Z`,
      endsAt: `${soon}T09:00:00Z`,
      status: 'commit' as const,
    };
    await app.client(claims).place({ org, body: { claims: [claim] } });
    const { url } = await api().createFeed({ org, body: { name: 'All' } });
    expect(parsed(await (await get(url)).text()).map(({ summary }) => summary)).toContain('Blocked time – Ada');
  });

  test('an engagement with everybody who is booked for it, at its place', async () => {
    const hall = await app
      .client(resources)
      .create({ org, body: { kind: 'place', name: 'Hall', address: 'High Street', zone: 'Europe/Berlin' } });
    const { id: player } = await person('Ben');
    const [startsAt, endsAt, engagementId] = [`${soon}T18:00:00.000Z`, `${soon}T20:00:00.000Z`, crypto.randomUUID()];
    await app.inTenant((tx) =>
      tx.query(
        `insert into engagements (org_id, id, pack, title, stage, place_id, zone, starts_at, ends_at)
         values ($1, $2, 'orchestra', 'Gala, part 1', 'planned', $3, 'Europe/Berlin', $4, $5)`,
        [app.org.id, engagementId, hall.id, startsAt, endsAt],
      ),
    );
    await app
      .client(claims)
      .place({ org, body: { engagementId, claims: [{ resourceId: player, startsAt, endsAt, status: 'hold' }] } });
    const { url } = await api().createFeed({ org, body: { name: 'Gala', engagementId } });
    const events = parsed(await (await get(url)).text());
    expect(events.map(({ summary, location }) => [summary, location])).toEqual([
      ['Pencil: Gala, part 1', 'Hall, High Street'],
      ['Hold 1: Gala, part 1 – Ben', 'Hall, High Street'],
    ]);
  });

  test('staff may not make addresses, nor anybody for what is not there', async () => {
    await expect(app.client(availability, 'staff').createFeed({ org, body: { name: 'x' } })).rejects.toMatchObject({
      status: 403,
    });
    await expect(
      api().createFeed({ org, body: { name: 'x', engagementId: crypto.randomUUID() } }),
    ).rejects.toMatchObject({ status: 400, fields: [{ field: 'engagementId' }] });
    await expect(api().createFeed({ org, body: { name: 'x', resourceId: crypto.randomUUID() } })).rejects.toMatchObject(
      { status: 400, fields: [{ field: 'resourceId' }] },
    );
    await expect(api().revokeFeed({ org, params: { id: crypto.randomUUID() } })).rejects.toMatchObject({ status: 404 });
  });
});
