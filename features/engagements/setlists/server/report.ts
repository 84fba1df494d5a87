import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { Filter } from '#platform/db/list.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { csvLine } from '#platform/text/csv.ts';
import type { setlists } from '../contract.ts';
import { lengthText } from '../rules.ts';

type ReportFilter = RouteInput<(typeof setlists)['routes']['report']>['query'];

interface ReportRow {
  day: string;
  engagement: string;
  place: string | null;
  title: string;
  version: string | null;
  writers: string[];
  publisher: string;
  workNumber: string;
  lasts: number | null;
  times: number;
  said: boolean;
}

/**
 * What rights societies ask for: a line for each song (and version) of each engagement, with how often it was played. Of an
 * engagement where nobody said what was played, what was planned; the last column says which of the two it is.
 * @throws AppError not_found for an engagement that isn't there
 */
export async function reportPlayed(tx: Tx, filter: ReportFilter): Promise<string> {
  const wanted = new Filter(tx)
    .add((mark) => `r.id = ${mark}`, filter.engagementId)
    .add((mark) => `r.series_id = ${mark}`, filter.seriesId)
    .add((mark) => `r.starts_at >= ${mark}`, filter.from)
    .add((mark) => `r.starts_at < ${mark}`, filter.to);
  if (filter.engagementId) {
    const [found] = await tx.query(`select from engagements r where ${wanted.where.join(' and ')}`, wanted.values);
    if (!found) throw notFound('This engagement');
  }
  const rows = await tx.query<ReportRow>(
    `select (r.starts_at at time zone r.zone)::date::text as day, r.title as engagement, p.name as place, s.title,
            v.name as version, s.writers, s.publisher, s.work_number as "workNumber",
            coalesce(e.seconds, v.seconds, s.seconds) as lasts, count(*)::int as times, said.it as said
       from engagements r
       cross join lateral (
         select exists (select from setlist_entries m where m.org_id = r.org_id and m.engagement_id = r.id
                           and m.played is not null) as it) said
       join setlist_entries e on e.org_id = r.org_id and e.engagement_id = r.id and e.kind = 'song'
        and case when said.it then e.played = 'played' else e.planned end
       join songs s on s.org_id = e.org_id and s.id = e.song_id
       left join song_versions v on v.org_id = e.org_id and v.id = e.song_version_id
       left join resources p on p.org_id = r.org_id and p.id = r.place_id
      where ${wanted.where.join(' and ')}
      group by r.id, r.starts_at, r.zone, r.title, p.name, s.id, s.title, v.name, s.writers, s.publisher, s.work_number,
               coalesce(e.seconds, v.seconds, s.seconds), said.it
      order by r.starts_at, r.id, min(e.sort), s.title limit 50000`,
    wanted.values,
  );
  const heading = [
    'Date',
    'Event',
    'Venue',
    'Title',
    'Version',
    'Writers',
    'Publisher',
    'Work number',
    'Length',
    'Times',
    'As',
  ];
  const lines = rows.map((row) =>
    csvLine([
      row.day,
      row.engagement,
      row.place,
      row.title,
      row.version,
      row.writers.join('; '),
      row.publisher,
      row.workNumber,
      row.lasts === null ? '' : lengthText(row.lasts),
      row.times,
      row.said ? 'played' : 'planned',
    ]),
  );
  return csvLine(heading) + lines.join('');
}
