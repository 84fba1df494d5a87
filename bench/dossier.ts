import { createHash } from 'node:crypto';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '#platform/test/chromium.ts';
import { withClient } from '#platform/test/connection.ts';
import { openPool } from '#platform/db/session.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { getGuestList } from '#features/engagements/guests/server/queries.ts';
import { listPeople } from '#features/engagements/people/server/queries.ts';
import { getDossier } from '#features/engagements/server/queries.ts';
import { getSetlist } from '#features/engagements/setlists/server/queries.ts';
import { tasksOfEngagement } from '#features/engagements/tasks/server/queries.ts';
import { timeline } from '#features/engagements/timeline/contract.ts';
import { listItems } from '#features/engagements/timeline/server/queries.ts';
import { files } from '#features/files/contract.ts';
import { listFiles } from '#features/files/server/queries.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { listClaims } from '#features/scheduling/claims/server/queries.ts';
import { createUser } from '#features/identity/server/commands.ts';
import { makeEngagement } from './bars/world.ts';
import { fillDossier } from './dossier-data.ts';
import type { Statement } from './raw.ts';
import { statementsDuring } from './recorder.ts';
import type { BenchServer } from './server.ts';

const rounds = 20;

type Control = BenchServer['databases']['control'];

/** Times the bare rows' time that all tabs at once may take over HTTP. */
const bar = 3;

interface Tab {
  tab: string;
  /** What the page asks for. */
  path: (id: string) => string;
  /** What answers it. */
  query: (tx: Tx, id: string, control: Control) => Promise<unknown>;
  /** The bare rows that it shows, in their order, of the organisation $1 and the engagement $2. */
  rows: string;
}

const tabs: readonly Tab[] = [
  {
    tab: 'head',
    path: (id) => `engagements/${id}`,
    query: (tx, id, control) => getDossier(tx, control, id),
    rows: 'select * from engagements where org_id = $1 and id = $2',
  },
  {
    tab: 'overview',
    path: (id) => `claims?engagementId=${id}&limit=500`,
    query: (tx, id) => listClaims(tx, claims.routes.list.query.parse({ engagementId: id, limit: '500' })),
    rows: `select c.*, r.name from claims c join resources r on r.org_id = c.org_id and r.id = c.resource_id
            where c.org_id = $1 and c.engagement_id = $2 order by c.starts_at`,
  },
  {
    tab: 'roster',
    path: (id) => `engagements/${id}/people`,
    query: (tx, id) => listPeople(tx, id, { can: () => true }),
    rows: `select e.*, r.name from engagement_people e join resources r on r.org_id = e.org_id and r.id = e.resource_id
            where e.org_id = $1 and e.engagement_id = $2 order by e.group_key, e.sort`,
  },
  {
    tab: 'schedule',
    path: (id) => `engagements/${id}/schedule?limit=500`,
    query: (tx, id) => listItems(tx, id, timeline.routes.list.query.parse({ limit: '500' })),
    rows: 'select * from schedule_items where org_id = $1 and engagement_id = $2 order by starts_at',
  },
  {
    tab: 'tasks',
    path: (id) => `engagements/${id}/tasks`,
    query: (tx, id, control) => tasksOfEngagement(tx, control, id, undefined),
    rows: `select t.*, (select json_agg(s order by s.sort) from task_steps s where s.org_id = t.org_id and s.task_id = t.id) as steps
             from tasks t where t.org_id = $1 and t.engagement_id = $2 order by t.sort`,
  },
  {
    tab: 'guests',
    path: (id) => `engagements/${id}/guests`,
    query: (tx, id, control) => getGuestList(tx, control, id),
    rows: `select g.*, a.name from guests g join guest_allotments a on a.org_id = g.org_id and a.id = g.allotment_id
            where g.org_id = $1 and g.engagement_id = $2 order by g.last_name`,
  },
  {
    tab: 'setlist',
    path: (id) => `engagements/${id}/setlist`,
    query: (tx, id) => getSetlist(tx, id),
    rows: `select e.*, s.title from setlist_entries e join songs s on s.org_id = e.org_id and s.id = e.song_id
            where e.org_id = $1 and e.engagement_id = $2 order by e.sort`,
  },
  {
    tab: 'files',
    path: (id) => `files?engagementId=${id}&limit=100`,
    query: (tx, id) => listFiles(tx, files.routes.list.query.parse({ engagementId: id, limit: '100' })),
    rows: `select f.*, v.size, v.type from files f left join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.current
            where f.org_id = $1 and f.engagement_id = $2 order by f.name limit 100`,
  },
];

/**
 * A dossier with 5,000 items: what opening it costs over HTTP, all tabs at once as the page asks for them, beside its bare
 * rows, and beside the very statements that the tabs send; and how it feels in a browser. Both come by the app's role
 * under row security, prepared, in one round trip, on a connection of the server's own settings, as rows that the driver
 * has read; so the bare rows gain from whatever the driver gains, and nobody builds JSON of them.
 */
export async function dossier({ world, appUrl, databases }: BenchServer): Promise<void> {
  const id = await makeEngagement(world, '2030-05-01T08:00:00.000Z', '2030-05-20T22:00:00.000Z');
  const items = await withClient(world.tenantUrl, (owner) => fillDossier(owner, world.orgId, id));
  const pool = openPool(appUrl, 1);
  const client = await pool.connect();
  const statements = await Promise.all(
    tabs.map(({ query }) => statementsDuring(databases, world.orgId, (tx) => query(tx, id, databases.control))),
  );
  const raw = ({ text, values = [] }: Statement) =>
    client.query({ name: createHash('sha256').update(text).digest('base64url'), text, values });
  const get = async (path: string) => {
    const response = await fetch(`${world.baseUrl}/api/v1/orgs/${world.org}/${path}`, {
      headers: { authorization: `Bearer ${world.key}` },
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path}: ${body}`);
    return body;
  };
  const inScope = async (asked: readonly Statement[]) => {
    const sent = [
      client.query('begin read only'),
      client.query(`select set_config('app.org_id', $1, true)`, [world.orgId]),
      ...asked.map(raw),
      client.query('commit'),
    ];
    await Promise.all(sent);
  };
  const rowsOf = ({ rows }: Tab): Statement => ({ text: rows, values: [world.orgId, id] });
  const table: Record<string, Compared> = {};
  for (const [index, tab] of tabs.entries())
    table[tab.tab] = await compare({
      http: () => get(tab.path(id)),
      statements: () => inScope(statements[index] ?? []),
      rows: () => inScope([rowsOf(tab)]),
    });
  const whole = await compare({
    http: () => Promise.all(tabs.map(({ path }) => get(path(id)))),
    statements: () => inScope(statements.flat()),
    rows: () => inScope(tabs.map(rowsOf)),
  });
  client.release();
  await pool.end();
  console.log(`A dossier with ${items} items, median of ${rounds} rounds`);
  console.table({ ...table, 'all at once': whole });
  console.log(
    `all at once: ${whole['to rows']} times the bare rows; bar: under ${bar}`,
    whole['to rows'] < bar ? 'held' : 'MISSED',
  );
  console.table(await feel({ world, databases }, id));
}

type Side = 'http' | 'statements' | 'rows';
type Compared = Record<`${Side} ms` | 'to statements' | 'to rows', number>;

/** In turns, so that a change of the machine's mood meets all. The ratios are medians over the rounds, as the times are. */
async function compare(run: Readonly<Record<Side, () => Promise<unknown>>>): Promise<Compared> {
  const taken: Record<Side, number>[] = [];
  for (let round = -3; round < rounds; round++) {
    const times = { http: await time(run.http), statements: await time(run.statements), rows: await time(run.rows) };
    // The first rounds warm plans and caches.
    if (round >= 0) taken.push(times);
  }
  const over = (what: (times: Record<Side, number>) => number) => round1(median(taken.map(what)));
  return {
    'http ms': over(({ http }) => http),
    'statements ms': over(({ statements }) => statements),
    'rows ms': over(({ rows }) => rows),
    'to statements': over(({ http, statements }) => http / statements),
    'to rows': over(({ http, rows }) => http / rows),
  };
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
const round1 = (value: number) => Math.round(value * 10) / 10;

/** Each tab in Chromium: from the click until its rows stand there, and the frames while it is scrolled. */
async function feel({ world, databases }: Pick<BenchServer, 'world' | 'databases'>, id: string) {
  const person = { name: 'Olga Owner', email: 'olga@example.com', password: 'correct horse battery' };
  const userId = await createUser(databases.control, person);
  await databases.control
    .insertInto('memberships')
    .values({ organisation_id: world.orgId, user_id: userId, role: 'owner' })
    .execute();
  const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      baseURL: world.baseUrl.replace('127.0.0.1', 'localhost'),
    });
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(/\/o\//);
    const from = performance.now();
    await page.goto(`/o/${world.org}/engagements/${id}`);
    await page.getByRole('tab', { name: /Overview/ }).waitFor();
    await page.getByText('Person 1', { exact: true }).first().waitFor();
    const table: Record<string, unknown> = { open: { 'until there, ms': Math.round(performance.now() - from) } };
    for (const [tab, row] of [
      ['Roster', 'Person 1'],
      ['Schedule', 'Item 1'],
      ['Tasks', 'Task 1'],
      ['Guests', 'Guest 1'],
      ['Setlist', 'Song 1'],
    ] as const)
      table[tab] = await look(page, tab, row);
    return table;
  } finally {
    await browser.close();
  }
}

async function look(page: Page, tab: string, row: string) {
  const from = performance.now();
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  await page
    .getByText(new RegExp(`^${row}\\b`))
    .first()
    .waitFor();
  const there = performance.now() - from;
  const frames = await page.evaluate(scrollThrough);
  frames.sort((a, b) => a - b);
  return {
    'until there, ms': Math.round(there),
    'frame, median ms': Math.round(median(frames)),
    'frame, 95 % ms': Math.round(frames[Math.floor(frames.length * 0.95)] ?? 0),
    'frame, worst ms': Math.round(frames.at(-1) ?? 0),
  };
}

/** Runs in the page: scrolls what can be scrolled for two seconds. @returns time between frames, in ms */
async function scrollThrough(): Promise<number[]> {
  const pane =
    [...document.querySelectorAll('main, main *')].find(
      (element) =>
        element.scrollHeight > element.clientHeight + 200 && /auto|scroll/.test(getComputedStyle(element).overflowY),
    ) ?? document.documentElement;
  const frames: number[] = [];
  const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  let last = await next();
  const end = last + 2_000;
  while (last < end) {
    pane.scrollTop += 120;
    const now = await next();
    frames.push(now - last);
    last = now;
  }
  return frames;
}
