import type pg from 'pg';

/** What `fillOrganisation` makes. Defaults are the sizes that the speed bars name. */
export interface DatasetSize {
  people: number;
  places: number;
  things: number;
  claimsPerResource: number;
}

export const fullSize: DatasetSize = { people: 8_000, places: 1_500, things: 500, claimsPerResource: 100 };

/** The claims lie in the two years from here. */
export const datasetStart = '2026-01-01T00:00:00Z';
const slotHours = (days: number, count: number) => (days * 24) / count;

/**
 * Fills one organisation with resources, skills, tags, hours, time off, busy times and claims: the same
 * rows at every run, no two claims of a resource overlapping. A million claims take a minute and a half on two cores, most
 * of it the exclusion constraints.
 *
 * @param owner a superuser's connection to the tenant database: triggers are off while it fills, so
 *   there is no history and foreign keys are trusted
 */
export async function fillOrganisation(owner: pg.Client, orgId: string, size: DatasetSize = fullSize): Promise<void> {
  await owner.query('begin');
  await owner.query("set local session_replication_role = 'replica'");
  await owner.query(`${numbers}; ${madeId}`);
  for (const statement of statements(size)) await owner.query(statement, [orgId]);
  await owner.query('commit');
  await owner.query(
    'vacuum (analyze) resources, resource_skills, working_hours, time_off, busy_times, engagements, claims',
  );
}

/** A number in [0, 1) that depends on its arguments only. */
const numbers = `create function pg_temp.chance(n bigint, salt text) returns double precision language sql immutable as
  $$ select ('x' || substr(md5(salt || n), 1, 8))::bit(32)::bigint / 4294967296.0 $$`;

/** An id that sorts by its number, as UUIDv7 sorts by time. */
const madeId = `create function pg_temp.made_id(org uuid, kind text, n bigint) returns uuid language sql immutable as
  $$ select (lpad(to_hex(1767225600000 + n), 12, '0') || '7' || substr(md5(kind || n || org), 1, 3) || '8'
            || substr(md5(kind || n || org), 4, 15))::uuid $$`;

const skills = `array['Violin','Viola','Cello','Double bass','Flute','Oboe','Clarinet','Bassoon','Horn','Trumpet','Trombone',
  'Tuba','Timpani','Percussion','Harp','Piano','Organ','Guitar','Bass guitar','Drums','Soprano','Alto','Tenor','Baritone',
  'Sound','Lighting','Rigging','Stage management','Video','Backline','Compositing','Editing','Animation','Carpentry',
  'Electrics','Plumbing','Painting','Roofing','Driving','Catering']`;
const tags = `array['union','english','german','driver','night','principal','baroque','jazz','nda','first-aid']`;
const firstNames = `array['Ada','Ben','Clara','David','Elif','Farid','Grace','Hana','Ivan','Julia','Kofi','Lena','Marco','Nora','Oskar','Priya']`;
const lastNames = `array['Adler','Berg','Costa','Dietz','Evans','Fuchs','Garcia','Hoang','Ito','Jansen','Klein','Lopez','Meyer','Novak','Okoye','Petrov']`;
const zones = `array['Europe/Berlin','Europe/Berlin','Europe/London','America/New_York','Australia/Lord_Howe']`;
/** Cities where they live: the coordinates of Berlin, Hamburg, London, New York, Sydney. */
const latitudes = 'array[52.52, 53.55, 51.51, 40.71, -33.87]';
const longitudes = 'array[13.4, 9.99, -0.13, -74.0, 151.2]';

function statements({ people, places, things, claimsPerResource }: DatasetSize): string[] {
  const all = people + places + things;
  const step = slotHours(730, claimsPerResource);
  return [
    `insert into resources (org_id, id, kind, name, zone, capacity, latitude, longitude, rate_minor, rate_currency, rate_unit, tags)
     select $1, pg_temp.made_id($1, 'resource', n), k.kind,
            case k.kind when 'person' then (${firstNames})[1 + n % 16] || ' ' || (${lastNames})[1 + n / 16 % 16] || ' ' || n
                        when 'place' then 'Room ' || n else 'Thing ' || n end,
            (${zones})[1 + n / 40 % 5], case when k.kind = 'thing' and n % 2 = 0 then 6 end,
            (${latitudes})[1 + n / 40 % 5] + pg_temp.chance(n, 'latitude') - 0.5, (${longitudes})[1 + n / 40 % 5] + pg_temp.chance(n, 'longitude') - 0.5,
            r.minor, case when r.minor is not null then 'EUR' end, case when r.minor is not null then 'day' end,
            array(select (${tags})[1 + (n / 200 + t * 3) % 10] from generate_series(1, (n % 4)::int) t)
       from generate_series(1, ${all}) n
            cross join lateral (select case when n <= ${people} then 'person' when n <= ${people + places} then 'place' else 'thing' end as kind) k
            cross join lateral (select case when pg_temp.chance(n, 'rated') < 0.8 then (200 + floor(pg_temp.chance(n, 'rate') * 400))::bigint * 100 end as minor) r`,
    `insert into resource_skills (org_id, id, resource_id, skill, level)
     select $1, pg_temp.made_id($1, 'skill', n * 3 + s), pg_temp.made_id($1, 'resource', n), (${skills})[1 + (n + s * 7) % 40],
            1 + floor(pg_temp.chance(n * 3 + s, 'level') * 5)
       from generate_series(1, ${people}) n cross join generate_series(0, (n % 3)::int) s`,
    // One in five people has hours: half of these by day, half until late.
    `insert into working_hours (org_id, id, resource_id, weekday, starts_minute, ends_minute)
     select $1, pg_temp.made_id($1, 'hours', n * 7 + d), pg_temp.made_id($1, 'resource', n), d,
            case when n % 2 = 0 then 540 else 600 end, case when n % 2 = 0 then 1080 else 1410 end
       from generate_series(5, ${people}, 5) n cross join generate_series(1, 6) d`,
    `insert into time_off (org_id, id, resource_id, starts_at, ends_at, reason)
     select $1, pg_temp.made_id($1, 'off', n * 2 + k), pg_temp.made_id($1, 'resource', n), o.at, o.at + interval '14 days', 'Holiday'
       from generate_series(3, ${people}, 3) n cross join generate_series(0, 1) k
            cross join lateral (select timestamptz '${datasetStart}' + floor(pg_temp.chance(n * 2 + k, 'off') * 715) * interval '1 day' as at) o`,
    `insert into calendars (org_id, id, resource_id, name)
     select $1, pg_temp.made_id($1, 'calendar', n), pg_temp.made_id($1, 'resource', n), 'Own calendar' from generate_series(4, ${people}, 4) n`,
    `insert into busy_times (org_id, id, resource_id, calendar_id, uid, summary, starts_at, ends_at)
     select $1, pg_temp.made_id($1, 'busy', n * 30 + k), pg_temp.made_id($1, 'resource', n), pg_temp.made_id($1, 'calendar', n), 'busy-' || k, 'Lesson', b.at, b.at + interval '2 hours'
       from generate_series(4, ${people}, 4) n cross join generate_series(0, 29) k
            cross join lateral (select timestamptz '${datasetStart}' + floor(pg_temp.chance(n * 30 + k, 'busy') * 17500) * interval '1 hour' as at) b`,
    `insert into engagements (org_id, id, pack, title, stage, zone, starts_at, ends_at)
     select $1, pg_temp.made_id($1, 'engagement', n), 'orchestra', 'Concert ' || n, 'planned', 'Europe/Berlin', e.at, e.at + interval '3 hours'
       from generate_series(0, ${Math.ceil(all / 10)} - 1) n
            cross join lateral (select timestamptz '${datasetStart}' + floor(pg_temp.chance(n, 'engagement') * 17500) * interval '1 hour' as at) e`,
    // Each claim keeps to its own slot of the two years: it begins in the first half, and ends before the next
    // slot. Every resource's slots begin at another hour.
    `insert into claims (org_id, id, resource_id, engagement_id, group_id, status, starts_at, ends_at, zone, rank, exclusive, placed_by)
     select $1, pg_temp.made_id($1, 'claim', c.n), pg_temp.made_id($1, 'resource', r),
            case when c.dice < 0.9 then pg_temp.made_id($1, 'engagement', c.n % ${Math.ceil(all / 10)}) end, pg_temp.made_id($1, 'claim', c.n),
            s.status, t.at, t.at + l.long, (${zones})[1 + r / 40 % 5], case when s.status = 'hold' then 1 end,
            not (r > ${people + places} and r % 2 = 0), 'command'
       from generate_series(1, ${all}) r cross join generate_series(0, ${claimsPerResource} - 1) k
            cross join lateral (select r::bigint * ${claimsPerResource} + k as n, pg_temp.chance(r::bigint * ${claimsPerResource} + k, 'claim') as dice) c
            cross join lateral (select case when c.dice < 0.6 then 'commit' when c.dice < 0.85 then 'hold' else 'pencil' end as status) s
            -- One resource in fifty is booked for long whiles, beyond the seven days that the board looks back.
            cross join lateral (select r % 50 = 0 and k % 10 = 0 and ${step} > 171 as long) w
            cross join lateral (select timestamptz '${datasetStart}' + (floor((k + pg_temp.chance(r, 'phase')) * ${step} * 2) / 2
                + case when w.long then 0 else floor(pg_temp.chance(c.n, 'start') * ${step / 2} * 2) / 2 end) * interval '1 hour' as at) t
            cross join lateral (select case when w.long then 170 else least(${step / 2} - 0.5, 2 + floor(c.dice * 1000)::int % 9) end * interval '1 hour' as long) l`,
  ];
}
