import type pg from 'pg';

/** How much of each there is; together a dossier of 5,000 items. */
export const dossierSize = {
  schedule: 300,
  tasks: 800,
  steps: 600,
  guests: 2_000,
  songs: 200,
  files: 500,
  claims: 400,
  roster: 200,
};

/**
 * Fills one engagement: its schedule, tasks with steps, guests, a setlist, files, and people held for it.
 *
 * @param owner a superuser's connection to the tenant database: triggers are off while it fills
 * @returns how many items there are
 */
export async function fillDossier(owner: pg.Client, orgId: string, engagementId: string): Promise<number> {
  await owner.query('begin');
  await owner.query("set local session_replication_role = 'replica'");
  let items = 0;
  for (const statement of statements)
    items += (await owner.query(statement, statement.includes('$2') ? [orgId, engagementId] : [orgId])).rowCount ?? 0;
  await owner.query('commit');
  await owner.query(
    'vacuum (analyze) resources, claims, engagement_people, schedule_items, tasks, task_steps, guests, guest_allotments, setlist_entries, songs, files, file_versions',
  );
  return items;
}

const { schedule, tasks, steps, guests, songs, files, claims, roster } = dossierSize;
const start = `timestamptz '2030-05-01T08:00Z'`;
const named = (kind: string) =>
  `(lpad(to_hex(1767225600000 + n), 12, '0') || '7' || substr(md5('${kind}' || n), 1, 3) || '8' || substr(md5('${kind}' || n), 4, 15))::uuid`;
const sort = `lpad(n::text, 6, '0') || 'V'`;

const statements = [
  `insert into resources (org_id, id, kind, name, email, phone, zone)
   select $1, ${named('person')}, 'person', 'Person ' || n, 'person-' || n || '@example.com', '+49 30 ' || n, 'Europe/Berlin'
     from generate_series(1, ${claims}) n`,
  `insert into claims (org_id, id, resource_id, engagement_id, group_id, status, starts_at, ends_at, zone, exclusive, placed_by)
   select $1, ${named('claim')}, ${named('person')}, $2, ${named('claim')}, 'commit', ${start} + n * interval '1 hour',
          ${start} + n * interval '1 hour' + interval '2 hours', 'Europe/Berlin', true, 'command'
     from generate_series(1, ${claims}) n`,
  `insert into engagement_people (org_id, id, engagement_id, resource_id, group_key, role, sort)
   select $1, ${named('entry of roster')}, $2, ${named('person')}, substr('abc', 1 + n % 3, 1), 'Role ' || n, ${sort}
     from generate_series(1, ${roster}) n`,
  `insert into schedule_items (org_id, id, engagement_id, kind, title, zone, starts_at, ends_at, notes)
   select $1, ${named('item')}, $2, 'other', 'Item ' || n, 'Europe/Berlin', ${start} + n * interval '30 minutes',
          ${start} + n * interval '30 minutes' + interval '25 minutes', 'What to mind at item ' || n
     from generate_series(1, ${schedule}) n`,
  `insert into tasks (org_id, id, engagement_id, title, notes, zone, sort, due_on, due_at)
   select $1, ${named('task')}, $2, 'Task ' || n, 'How to do it', 'Europe/Berlin', ${sort}, date '2030-04-01' + n % 30,
          ${start} - n % 30 * interval '1 day'
     from generate_series(1, ${tasks}) n`,
  `insert into task_steps (org_id, id, task_id, title, sort)
   select $1, ${named('step')}, (select ${named('task')} from (select 1 + step.n % ${tasks} as n) of_task), 'Step ' || n, ${sort}
     from generate_series(1, ${steps}) step(n)`,
  `insert into guest_allotments (org_id, id, engagement_id, name, places)
   select $1, ${named('allotment')}, $2, 'Allotment ' || n, 2000 from generate_series(1, 10) n`,
  `insert into guests (org_id, id, engagement_id, allotment_id, first_name, last_name, plus, email, state, requested_by, decided_by, decided_at)
   select $1, ${named('guest')}, $2, (select ${named('allotment')} from (select 1 + guest.n % 10 as n) of_allotment),
          'First ' || n, 'Guest ' || n * 7919 % 2003, n % 3, 'guest-' || n || '@example.com', 'approved', 'command', 'command', ${start}
     from generate_series(1, ${guests}) guest(n)`,
  `insert into songs (org_id, id, title, writers, seconds) select $1, ${named('song')}, 'Song ' || n, array['Ada Lo'], 180 + n
     from generate_series(1, ${songs}) n`,
  `insert into setlist_sets (org_id, id, engagement_id, name, kind, sort)
   select $1, ${named('set')}, $2, 'Set ' || n, 'set', ${sort} from generate_series(1, 4) n`,
  `insert into setlist_entries (org_id, id, engagement_id, set_id, kind, song_id, sort)
   select $1, ${named('entry')}, $2, (select ${named('set')} from (select 1 + entry.n % 4 as n) of_set), 'song', ${named('song')}, ${sort}
     from generate_series(1, ${songs}) entry(n)`,
  `insert into files (org_id, id, engagement_id, name)
   select $1, ${named('file')}, $2, 'Plan ' || n || '.pdf' from generate_series(1, ${files}) n`,
  `insert into file_versions (org_id, id, file_id, number, size, type, object_key, state, current, uploaded_by)
   select $1, ${named('version')}, ${named('file')}, 1, 1000 + n, 'application/pdf', 'plan-' || n, 'clean', true, 'command'
     from generate_series(1, ${files}) n`,
];
