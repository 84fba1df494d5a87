import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, type Person } from '#apps/server/test/people.ts';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import { engagements } from '#features/engagements/contract.ts';
import { guests } from '#features/engagements/guests/contract.ts';
import { messaging } from '#features/messaging/contract.ts';
import { organisations } from '#features/organisations/contract.ts';
import { parties } from '#features/parties/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import type { Role } from '#platform/contract/contract.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { PdfDocument } from '#platform/pdf/document.ts';
import { pdfText } from '#platform/test/pdf-text.ts';
import { documents } from '../contract.ts';
import { daysOf, frameOf } from './queries.ts';
import { readSources, type SheetReader } from './sheet-source.ts';
import { sheetPath } from './sheet-link.ts';
import { callSheet } from './sheets/call-sheet.ts';
import { daySheet } from './sheets/day-sheet.ts';
import { personParts, personSheet } from './sheets/person-sheet.ts';

const org = 'test';
let app: TestApp;
let show: string;
let other: string;
let series: string;
let ann: string;
let ben: string;
let hall: string;
let crew: Person;
beforeAll(async () => {
  app = await startTestApp();
  crew = await addPerson(app, { role: 'crew' });
  const add = async (kind: 'person' | 'place' | 'thing', name: string, more: object = {}) =>
    (await app.client(resources).create({ org, body: { kind, name, ...more } })).id;
  hall = await add('place', 'Great Hall', { address: '1 Main Street\nHamburg', zone: 'Europe/Berlin' });
  ann = await add('person', 'Ann Flute', {
    email: 'ann@example.com',
    phone: '+49 1',
    rateMinor: 98_765,
    rateCurrency: 'EUR',
    rateUnit: 'day',
  });
  ben = await add('person', 'Ben Drum', { phone: '+49 2' });
  const van = await add('thing', 'Van');
  const api = app.client(engagements);
  series = (await api.createSeries({ org, body: { name: 'Spring Tour' } })).id;
  const evening = { startsAt: '2030-05-14T16:00:00.000Z', endsAt: '2030-05-14T22:00:00.000Z' };
  show = (
    await api.create({
      org,
      body: { title: 'Gala', ...evening, placeId: hall, seriesId: series, notes: 'Fee 500 agreed' },
    })
  ).id;
  other = (await api.create({ org, body: { title: 'Elsewhere', ...evening, seriesId: series } })).id;
  const contact = await app.client(parties).create({ org, body: { name: 'Pat Promoter', phone: '+49 3' } });
  await api.addParty({ org, params: { id: show }, body: { partyId: contact.id, role: 'presenter' } });
  await item(show, { kind: 'soundcheck', title: '', startsAt: '2030-05-14T14:00Z', endsAt: '2030-05-14T15:00Z' });
  await item(show, {
    kind: 'concert',
    title: 'Mahler 5',
    startsAt: '2030-05-14T17:30Z',
    endsAt: '2030-05-14T20:00Z',
    dress: 'Black',
    notes: 'Mutes',
  });
  await item(show, { kind: 'load_out', title: '', startsAt: '2030-05-14T23:30Z', endsAt: '2030-05-15T01:30Z' });
  await item(show, {
    kind: 'travel',
    title: 'Bus to Prague',
    startsAt: '2030-05-15T07:00Z',
    endsAt: '2030-05-15T12:00Z',
  });
  await app.client(claims).place({
    org,
    body: {
      engagementId: show,
      claims: [
        { resourceId: ann, startsAt: '2030-05-14T17:00:00Z', endsAt: '2030-05-14T21:00:00Z', status: 'commit' },
        { resourceId: ben, startsAt: '2030-05-14T14:00:00Z', endsAt: '2030-05-15T02:00:00Z', status: 'commit' },
        { resourceId: hall, startsAt: '2030-05-13T22:00:00Z', endsAt: '2030-05-14T22:00:00Z', status: 'commit' },
        { resourceId: van, startsAt: '2030-05-15T06:00:00Z', endsAt: '2030-05-15T14:00:00Z', status: 'hold' },
      ],
    },
  });
  await app.inTenant((tx) =>
    tx.query('update resources set user_id = $3 where org_id = $1 and id = $2', [app.org.id, ben, crew.userId]),
  );
});
afterAll(() => app.stop());

interface Item {
  kind: string;
  title: string;
  startsAt: string;
  endsAt: string;
  dress?: string;
  notes?: string;
}

function item(engagementId: string, { kind, title, startsAt, endsAt, dress = '', notes = '' }: Item) {
  return app.inTenant((tx) =>
    tx.query(
      `insert into schedule_items (org_id, id, engagement_id, kind, title, place_id, zone, starts_at, ends_at, dress, notes)
       values ($1, $2, $3, $4, $5, null, 'Europe/Berlin', $6, $7, $8, $9)`,
      [app.org.id, uuidv7(), engagementId, kind, title, startsAt, endsAt, dress, notes],
    ),
  );
}

const all: SheetReader = { can: () => true, own: undefined };
const nothing: SheetReader = { can: () => false, own: undefined };

/** The document as data, before it becomes a PDF. */
function sheet<T>(reader: SheetReader, make: (source: Awaited<ReturnType<typeof read>>) => T) {
  return read(reader).then(make);
}
function read(reader: SheetReader) {
  return app.inTenant(async (tx) => {
    const [source] = await readSources(tx, [show], reader);
    if (!source) throw new Error('No engagement.');
    return { source, frame: await frameOf(app.databases.control, tx.scope, 'a4') };
  });
}

const textOf = (document: PdfDocument) => JSON.stringify(document.parts);
const timesOf = ({ parts }: PdfDocument) =>
  parts.map(({ title, blocks }) => [
    title,
    ...blocks.flatMap((block) =>
      block.kind === 'timeline'
        ? block.rows.map(({ from, until, mark, what }) => `${from}-${until} ${mark} ${what}`)
        : [],
    ),
  ]);

test('a day sheet has the day’s items, the night after it, and the days of their place’s clock', async () => {
  const document = await sheet(all, ({ source, frame }) => daySheet(frame, source, daysOf(source), daysOf(source)));
  expect(timesOf(document)).toEqual([
    ['Tuesday 14 May 2030', '16:00-17:00  Soundcheck', '19:30-22:00  Concert: Mahler 5', '01:30-03:30 +1 Load-out'],
    ['Wednesday 15 May 2030', '09:00-14:00  Travel: Bus to Prague'],
  ]);
  const [first, second] = document.parts.map((part) => JSON.stringify(part));
  for (const word of [
    'Great Hall',
    'Main Street',
    'Ann Flute',
    '+49 1',
    '19:00 – 23:00',
    'Pat Promoter',
    'Fee 500',
    'Dress: Black',
    'Mutes',
    'All day',
  ]) {
    expect(first).toContain(word);
  }
  expect(second).toContain('1st hold');
  expect(second).not.toContain('Ann Flute');
  expect(textOf(document)).not.toContain('98765');
});

test('a call sheet lists who is committed, the earliest first', async () => {
  const document = await sheet(all, ({ source, frame }) => callSheet(frame, source, ['2030-05-14']));
  const table = document.parts[0]?.blocks.find((block) => block.kind === 'table' && block.heading === 'Calls');
  expect(table).toMatchObject({
    rows: [
      ['Ben Drum', '16:00 – 04:00', '+49 2'],
      ['Ann Flute', '19:00 – 23:00', '+49 1'],
    ],
  });
});

test('a person’s sheet has what falls into their own time, and nobody else', async () => {
  const document = await sheet(all, ({ source, frame }) => {
    const person = personParts(source).find(({ resourceId }) => resourceId === ann);
    if (!person) throw new Error('Ann is not booked.');
    expect(person.days).toEqual(['2030-05-14']);
    return personSheet(frame, source, person, person.days);
  });
  expect(timesOf(document)).toEqual([['Tuesday 14 May 2030', '19:30-22:00  Concert: Mahler 5']]);
  for (const word of ['Ben', 'Pat', '+49', 'Fee']) expect(textOf(document)).not.toContain(word);
});

test('what the reader may not see is not in the document', async () => {
  const document = await sheet(nothing, ({ source, frame }) => daySheet(frame, source, ['2030-05-14'], []));
  expect(textOf(document)).toContain('Pat Promoter');
  for (const word of ['Ann', '+49', 'Fee', 'Phone', 'Van']) expect(textOf(document)).not.toContain(word);
  const own = await sheet({ can: () => false, own: { account: crew.userId } }, ({ source }) => source.bookings);
  expect(own.map(({ name, phone }) => [name, phone])).toEqual([['Ben Drum', null]]);
});

const get = (path: string, role: Role | Person = 'owner') =>
  fetch(`${app.baseUrl}/api/v1/orgs/${org}${path}`, {
    headers: typeof role === 'string' ? { authorization: `Bearer ${app.org.keys[role]}` } : { cookie: role.cookie },
  });

describe('over HTTP', () => {
  test('a PDF of each kind comes with its name, to look at or to save', async () => {
    for (const [path, name] of [
      [`/engagements/${show}/documents/day-sheet.pdf?day=2030-05-14`, 'Day sheet Gala, Tue 14 May 2030.pdf'],
      [
        `/engagements/${show}/documents/call-sheet.pdf?paper=letter&day=2030-05-14`,
        'Call sheet Gala, Tue, May 14, 2030.pdf',
      ],
      [`/engagements/${show}/documents/people/${ann}/day-sheet.pdf`, 'Day sheet Ann Flute, Gala.pdf'],
      [`/series/${series}/documents/tour-book.pdf?from=2030-05-15`, 'Programme book Spring Tour.pdf'],
    ] as const) {
      const response = await get(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('content-disposition')).toContain(`inline; filename="${name}"`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(
        Buffer.from(await response.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    const saved = await get(`/engagements/${show}/documents/day-sheet.pdf?download=true`);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment;/);
    await saved.arrayBuffer();
  });

  test('who takes no part finds nothing; who does gets their own', async () => {
    const day = (id: string) => `/engagements/${id}/documents/day-sheet.pdf`;
    expect((await get(day(show), crew)).status).toBe(200);
    expect((await get(day(other), crew)).status).toBe(404);
    expect((await get(`/engagements/${show}/documents/people/${ben}/day-sheet.pdf`, crew)).status).toBe(200);
    expect((await get(`/engagements/${show}/documents/people/${ann}/day-sheet.pdf`, crew)).status).toBe(404);
    expect((await get(`/series/${series}/documents/tour-book.pdf`, crew)).status).toBe(403);
    const listed = await (await get(`/engagements/${show}/documents`, crew)).json();
    expect(listed).toMatchObject({ days: ['2030-05-14', '2030-05-15'], people: [{ name: 'Ben Drum', email: null }] });
  });

  test('what is printed is what its reader may see', async () => {
    const printed = async (role: Role | Person) =>
      pdfText(
        new Uint8Array(
          await (await get(`/engagements/${show}/documents/day-sheet.pdf?day=2030-05-14`, role)).arrayBuffer(),
        ),
      );
    const full = await printed('staff');
    for (const word of ['Great Hall', '19:30 – 22:00', 'Concert: Mahler 5', 'Ann Flute', '+49 1', 'Fee 500']) {
      expect(full).toContain(word);
    }
    const own = await printed(crew);
    expect(own).toContain('Ben Drum');
    for (const word of ['Ann', '+49', 'Fee', 'Van']) expect(own).not.toContain(word);
    for (const text of [full, own]) expect(text).not.toMatch(/987[.,]?65/);
  });

  test('the door list has approved guests by surname, for those who may see the door', async () => {
    const api = app.client(guests);
    const { id: allotmentId } = await api.addAllotment({
      org,
      params: { id: show },
      body: { name: 'Artist', places: 9 },
    });
    const add = (lastName: string, more: object) =>
      api.add({ org, params: { id: show }, body: { allotmentId, lastName, ...more } });
    await add('Zimmer', { firstName: 'Zoe', plus: 2, approve: true, passType: 'vip', phone: '+49 555' });
    await add('Ångström', { approve: true, note: 'Wheelchair' });
    await add('Waiting', {});
    const path = `/engagements/${show}/documents/door-list.pdf`;
    const print = async (role: Role | Person) => pdfText(new Uint8Array(await (await get(path, role)).arrayBuffer()));
    for (const text of [await print('staff'), await print(crew)]) {
      expect(text).toMatch(/Guests2.*People altogether4.*Ångström1.*Wheelchair.*Zimmer, Zoe3VIP/);
      for (const word of ['Waiting', '+49']) expect(text).not.toContain(word);
    }
    expect((await get(path, 'promoter')).status).toBe(404);
    expect((await get(`/engagements/${other}/documents/door-list.pdf`, crew)).status).toBe(404);
  });

  test('an address of another kind, a day that is none and unknown fields are refused', async () => {
    for (const query of ['day=2030-02-30', 'paper=a3', 'colour=red', 'day=yesterday']) {
      expect((await get(`/engagements/${show}/documents/day-sheet.pdf?${query}`)).status, query).toBe(400);
    }
    for (const day of ['0000-01-01', '9999-12-31']) {
      expect((await get(`/engagements/${show}/documents/day-sheet.pdf?day=${day}`)).status, day).toBe(200);
    }
  });

  test('the organisation’s colour is kept, and can be taken away', async () => {
    const api = app.client(organisations);
    const { version } = await api.get({ org });
    const changed = await api.change({ org, body: { version, brandColour: '#AA3311' } });
    expect(changed.brandColour).toBe('#aa3311');
    const named = await api.change({ org, body: { version: changed.version, name: 'Test' } });
    expect(named.brandColour).toBe('#aa3311');
    expect((await api.change({ org, body: { version: named.version, brandColour: null } })).brandColour).toBeNull();
    await expect(api.change({ org, body: { version: named.version + 1, brandColour: 'red' } })).rejects.toMatchObject({
      fields: [{ field: 'brandColour' }],
    });
  });
});

describe('by mail', () => {
  const send = (resourceIds: string[], note = '', role: Role = 'manager') =>
    app.client(documents, role).send({ org, params: { id: show }, body: { day: '2030-05-14', resourceIds, note } });
  const mails = async () => (await app.client(messaging).list({ org, query: { kind: 'day_sheet' } })).items;

  test('each gets their own once, and who can’t be reached is named', async () => {
    expect(await send([ann, ben])).toEqual({
      sent: ['Ann Flute'],
      unchanged: [],
      unreachable: ['Ben Drum'],
      notBooked: [],
    });
    expect(await send([ann])).toMatchObject({ sent: [], unchanged: ['Ann Flute'] });
    expect(await send([ann], 'Parking is behind the hall.')).toMatchObject({ sent: ['Ann Flute'] });
    const [mail, first] = await mails();
    expect(mail).toMatchObject({ recipient: 'ann@example.com', engagementId: show, resourceId: ann });
    const { text } = await app.client(messaging).get({ org, params: { id: first?.id ?? '' } });
    for (const word of ['Great Hall', '19:30 – 22:00', 'Dress: Black', 'Times in Berlin (GMT+2)'])
      expect(text).toContain(word);
  });

  test('an address that gets no mail, somebody who isn’t booked or isn’t there, and who may not send', async () => {
    const eve = await app
      .client(resources)
      .create({ org, body: { kind: 'person', name: 'Eve', email: 'eve@example.com' } });
    expect(await send([eve.id])).toMatchObject({ notBooked: ['Eve'] });
    await expect(send([uuidv7()])).rejects.toMatchObject({ fields: [{ field: 'resourceIds' }] });
    await expect(send([ann], '', 'staff')).rejects.toMatchObject({ status: 403 });
    const { id } = await app.client(messaging).suppress({ org, body: { email: 'ann@example.com' } });
    expect(await send([ann], 'More')).toMatchObject({ unreachable: ['Ann Flute'] });
    await app.client(messaging).allow({ org, params: { id } });
  });

  test('the link opens one person’s sheet, without signing in, until it is over or they are not booked', async () => {
    const { secret } = app.config;
    const link = { engagementId: show, resourceId: ann, day: '2030-05-14', paper: 'a4' as const };
    const of = (more: Partial<typeof link>) =>
      sheetPath(secret, app.org.id, { ...link, ...more }).replace('/day-sheet/', '/day-sheets/');
    const open = (path: string) => fetch(`${app.baseUrl}/api/v1${path}`);
    const page = await open(of({}));
    expect(await page.json()).toEqual({
      organisation: 'Test',
      name: 'Ann Flute',
      title: 'Gala',
      day: 'Tuesday 14 May 2030',
    });
    const pdf = await open(`${of({})}/day-sheet.pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    await pdf.arrayBuffer();
    const refusals = await Promise.all(
      [
        of({}).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        of({}).replace(ann, ben),
        sheetPath('x'.repeat(32), app.org.id, link).replace('/day-sheet/', '/day-sheets/'),
        of({ engagementId: other }),
        of({ day: '2030-05-15' }),
        of({ day: '2020-05-14' }),
        of({ resourceId: hall }),
      ].map(async (path) => {
        const { status, body } = { status: (await open(path)).status, body: await (await open(path)).json() };
        return [status, body.detail];
      }),
    );
    expect(new Set(refusals.map(String))).toEqual(new Set(['404,This day sheet was not found.']));
    await app.inTenant((tx) =>
      tx.query('update claims set status = $3 where org_id = $1 and resource_id = $2', [app.org.id, ann, 'pencil']),
    );
    expect((await open(of({}))).status).toBe(404);
  });
});
