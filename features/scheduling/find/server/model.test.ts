import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '#apps/server/test/test-app.ts';
import type { Hours } from '#features/scheduling/availability/contract.ts';
import { worksThroughout } from '#features/scheduling/availability/test/minute-model.ts';
import { find } from '../contract.ts';

/**
 * The search against a model that looks at every minute of every resource. Random resources of three
 * zones around the days on which their clocks change.
 */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const minute = 60_000;
const changes = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
].map((at) => Date.parse(at));
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'] as const;

interface Span {
  startsAt: number;
  endsAt: number;
}
interface Claim extends Span {
  status: 'pencil' | 'hold' | 'commit';
}
interface Subject {
  name: string;
  zone: string;
  capacity: number | null;
  archived: boolean;
  level: number | null;
  rate: number | null;
  latitude: number | null;
  hours: Hours[];
  off: Span[];
  busy: Span[];
  claims: Claim[];
}

/** Hours: how long at most, and how far from the change. Close together, so that much of it meets. */
const span = (most: number, within = 24) =>
  fc
    .tuple(fc.integer({ min: -within * 2, max: within * 2 }), fc.integer({ min: 1, max: most * 2 }))
    .map(([start, length]) => ({ start: start * 30, length: length * 30 }));
const at =
  (base: number) =>
  (relative: { start: number; length: number }): Span => ({
    startsAt: base + relative.start * minute,
    endsAt: base + (relative.start + relative.length) * minute,
  });
const stretch = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 4, max: 48 }))
  .map(([start, length]) => ({ startsMinute: start * 30, endsMinute: Math.min(1_440, (start + length) * 30) }));
const hours = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Hours[]>([]) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.option(stretch, { freq: 8 }), { minLength: 7, maxLength: 7 })
      .map((days) => days.flatMap((day, index): Hours[] => (day ? split({ weekday: index + 1, ...day }) : []))),
  },
);
/** In two touching stretches now and then: together they must count as one. */
function split(day: Hours): Hours[] {
  const middle = 720;
  if (day.startsMinute >= middle || day.endsMinute <= middle) return [day];
  return [
    { ...day, endsMinute: middle },
    { ...day, startsMinute: middle },
  ];
}

const scene = fc.constantFrom(...changes).chain((base) =>
  fc.record({
    subjects: fc.array(
      fc.record({
        name: fc.constantFrom('Ada', 'Ben', 'Cleo', 'Dan'),
        zone: fc.constantFrom(...zones),
        capacity: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 1 }),
        archived: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        level: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 4 }),
        rate: fc.option(fc.constantFrom(100, 200, 300)),
        latitude: fc.option(fc.integer({ min: -3, max: 3 }).map((n) => n / 2)),
        hours,
        off: fc.array(span(10).map(at(base)), { maxLength: 1 }),
        busy: fc.array(span(6).map(at(base)), { maxLength: 2 }),
        claims: fc.array(
          fc
            .tuple(span(8).map(at(base)), fc.constantFrom('pencil', 'hold', 'commit'))
            .map(([time, status]): Claim => ({ ...time, status })),
          { maxLength: 5 },
        ),
      }),
      { minLength: 1, maxLength: 40, size: 'max' },
    ),
    asks: fc.array(
      fc.record({
        time: fc.oneof({ weight: 4, arbitrary: span(6) }, { weight: 1, arbitrary: span(72) }).map(at(base)),
        skill: fc.boolean(),
        minLevel: fc.integer({ min: 1, max: 4 }),
        point: fc.option(fc.constantFrom(60, 120, 20_000), { freq: 1 }),
        maxRate: fc.option(fc.constantFrom(150, 250), { freq: 1 }),
        units: fc.integer({ min: 1, max: 3 }),
        limit: fc.constantFrom(1, 3, 200),
      }),
      { minLength: 3, maxLength: 6 },
    ),
  }),
);
type Ask = (typeof scene extends fc.Arbitrary<infer Scene> ? Scene : never)['asks'][number];

test('finds whom the model finds, in its order', { timeout: 120_000 }, async () => {
  const found = { some: 0, none: 0 };
  await fc.assert(
    fc.asyncProperty(scene, async ({ subjects, asks }) => {
      const skill = `skill-${crypto.randomUUID()}`;
      const tag = skill;
      const stored = await store(subjects, skill, tag);
      for (const ask of asks) {
        const { items, more } = await app.client(find, 'staff').find({ org: 'test', query: queryOf(ask, skill, tag) });
        const expected = model(stored, ask);
        expect(
          items.map(({ resource, holds, pencils, level }) => ({ id: resource.id, holds, pencils, level })),
        ).toEqual(
          expected
            .slice(0, ask.limit)
            .map(({ id, holds, pencils, level }) => ({ id, holds, pencils, level: ask.skill ? level : null })),
        );
        expect(more).toBe(expected.length > ask.limit);
        found[expected.length > 0 ? 'some' : 'none'] += 1;
      }
    }),
    { numRuns: 60 },
  );
  // A model that always says nobody would prove nothing.
  expect(found.some).toBeGreaterThan(found.none / 2);
});

function queryOf({ time, skill: bySkill, minLevel, point, maxRate, units, limit }: Ask, skill: string, tag: string) {
  return {
    kind: 'thing' as const,
    startsAt: new Date(time.startsAt).toISOString(),
    endsAt: new Date(time.endsAt).toISOString(),
    tags: [tag],
    units,
    limit,
    ...(bySkill && { skill, minLevel }),
    ...(point !== null && { latitude: 0, longitude: 10, withinKm: point }),
    ...(maxRate !== null && { maxRateMinor: maxRate, rateCurrency: 'EUR', rateUnit: 'day' as const }),
  };
}

type Stored = Subject & { id: string };

function model(subjects: readonly Stored[], ask: Ask) {
  const { startsAt, endsAt } = ask.time;
  const touches = (other: Span) => other.startsAt < endsAt && startsAt < other.endsAt;
  const degree = (6371.0088 * Math.PI) / 180;
  return subjects
    .filter(({ archived }) => !archived)
    .filter(({ level }) => !ask.skill || (level !== null && level >= ask.minLevel))
    .filter(({ latitude }) => ask.point === null || (latitude !== null && Math.abs(latitude) * degree <= ask.point))
    .filter(({ rate }) => ask.maxRate === null || (rate !== null && rate <= ask.maxRate))
    .filter((subject) => !subject.off.some(touches) && !subject.busy.some(touches))
    .filter((subject) => worksThroughout(subject.hours, startsAt, endsAt, subject.zone))
    .filter((subject) => fits(subject, ask))
    .map((subject) => {
      const count = (wanted: string) =>
        subject.claims.filter((claim) => claim.status === wanted && touches(claim)).length;
      return { ...subject, holds: count('hold'), pencils: count('pencil') };
    })
    .toSorted((a, b) => {
      const last = Number.MAX_SAFE_INTEGER;
      return (
        (ask.skill ? (b.level ?? 0) - (a.level ?? 0) : 0) ||
        (ask.point === null ? 0 : Math.abs(a.latitude ?? 0) - Math.abs(b.latitude ?? 0)) ||
        a.holds + a.pencils - b.holds - b.pencils ||
        (ask.maxRate === null ? 0 : (a.rate ?? last) - (b.rate ?? last)) ||
        (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1)
      );
    });
}

/** Every half hour: all times here are multiples of it. */
function fits({ capacity, claims }: Subject, { time, units }: Ask): boolean {
  const commits = claims.filter(({ status }) => status === 'commit');
  for (let now = time.startsAt; now < time.endsAt; now += 30 * minute) {
    const taken = commits.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt).length;
    if (capacity === null ? taken > 0 : taken + units > capacity) return false;
  }
  return true;
}

/** Stores the subjects and returns them with the claims that the database let in. */
async function store(subjects: readonly Subject[], skill: string, tag: string): Promise<Stored[]> {
  const all = subjects.map((subject) => ({ ...subject, id: crypto.randomUUID(), calendar: crypto.randomUUID() }));
  const spans = (pick: (subject: Subject) => readonly Span[]) =>
    JSON.stringify(
      all.flatMap((subject) =>
        pick(subject).map(({ startsAt, endsAt }) => ({
          resource: subject.id,
          calendar: subject.calendar,
          starts: new Date(startsAt),
          ends: new Date(endsAt),
        })),
      ),
    );
  return app.inTenant(async (tx) => {
    const org = app.org.id;
    await tx.query(
      `insert into resources (org_id, id, kind, name, zone, capacity, archived_at, latitude, longitude, rate_minor, rate_currency, rate_unit, tags)
       select $1, id, 'thing', name, zone, capacity, case when archived then now() end, latitude, case when latitude is not null then 10 end,
              rate, case when rate is not null then 'EUR' end, case when rate is not null then 'day' end, array[$3]
         from json_to_recordset($2::json) as r(id uuid, name text, zone text, capacity int, archived boolean, latitude float8, rate bigint)`,
      [org, JSON.stringify(all), tag],
    );
    await tx.query(
      `insert into resource_skills (org_id, id, resource_id, skill, level)
       select $1, gen_random_uuid(), id, $3, level from json_to_recordset($2::json) as r(id uuid, level int) where level is not null`,
      [org, JSON.stringify(all), skill],
    );
    await tx.query(
      `insert into working_hours (org_id, id, resource_id, weekday, starts_minute, ends_minute)
       select $1, gen_random_uuid(), r.id, h.weekday, h."startsMinute", h."endsMinute" from json_to_recordset($2::json) as r(id uuid, hours json),
              json_to_recordset(r.hours) as h(weekday int, "startsMinute" int, "endsMinute" int)`,
      [org, JSON.stringify(all)],
    );
    await tx.query(
      `insert into time_off (org_id, id, resource_id, starts_at, ends_at)
       select $1, gen_random_uuid(), resource, starts, ends from json_to_recordset($2::json) as o(resource uuid, starts timestamptz, ends timestamptz)`,
      [org, spans(({ off }) => off)],
    );
    await tx.query(
      `insert into calendars (org_id, id, resource_id, name) select $1, calendar, id, 'x' from json_to_recordset($2::json) as r(id uuid, calendar uuid)`,
      [org, JSON.stringify(all)],
    );
    await tx.query(
      `insert into busy_times (org_id, id, resource_id, calendar_id, uid, starts_at, ends_at)
       select $1, gen_random_uuid(), resource, calendar, 'x', starts, ends from json_to_recordset($2::json) as o(resource uuid, calendar uuid, starts timestamptz, ends timestamptz)`,
      [org, spans(({ busy }) => busy)],
    );
    return Promise.all(all.map(async (subject) => ({ ...subject, claims: await storeClaims(tx, subject) })));
  });
}

async function storeClaims(
  tx: Parameters<Parameters<TestApp['inTenant']>[0]>[0],
  { id, capacity, zone, claims }: Stored,
): Promise<Claim[]> {
  const kept: Claim[] = [];
  for (const [index, claim] of claims.entries()) {
    // Of a pool at most as many as it has, whenever they are.
    const full = capacity !== null && kept.filter(({ status }) => status === 'commit').length >= capacity;
    if (claim.status === 'commit' && full) continue;
    const rows = await tx.query(
      `insert into claims (org_id, id, resource_id, group_id, status, starts_at, ends_at, zone, rank, exclusive, placed_by)
       values ($1, gen_random_uuid(), $2, gen_random_uuid(), $3, $4, $5, $6, $7, $8, 'test')
       on conflict on constraint claims_commit_no_overlap do nothing returning id`,
      [
        app.org.id,
        id,
        claim.status,
        new Date(claim.startsAt),
        new Date(claim.endsAt),
        zone,
        claim.status === 'hold' ? index + 1 : null,
        capacity === null,
      ],
    );
    if (rows.length > 0) kept.push(claim);
  }
  return kept;
}
