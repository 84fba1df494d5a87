import { createHash } from 'node:crypto';
import { chromium, type Page } from 'playwright-core';
import pg from 'pg';
import { findChromium } from '#platform/test/chromium.ts';
import { withClient } from '#platform/test/connection.ts';
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

/** What each tab of an engagement asks for, and the query that answers it. */
const tabs: readonly {
  tab: string;
  path: (id: string) => string;
  query: (tx: Tx, id: string, control: Control) => Promise<unknown>;
}[] = [
  {
    tab: 'head',
    path: (id) => `engagements/${id}`,
    query: (tx, id, control) => getDossier(tx, control, id),
  },
  {
    tab: 'overview',
    path: (id) => `claims?engagementId=${id}&limit=500`,
    query: (tx, id) => listClaims(tx, claims.routes.list.query.parse({ engagementId: id, limit: '500' })),
  },
  {
    tab: 'roster',
    path: (id) => `engagements/${id}/people`,
    query: (tx, id) => listPeople(tx, id, { can: () => true }),
  },
  {
    tab: 'schedule',
    path: (id) => `engagements/${id}/schedule?limit=500`,
    query: (tx, id) => listItems(tx, id, timeline.routes.list.query.parse({ limit: '500' })),
  },
  {
    tab: 'tasks',
    path: (id) => `engagements/${id}/tasks`,
    query: (tx, id, control) => tasksOfEngagement(tx, control, id, undefined),
  },
  {
    tab: 'guests',
    path: (id) => `engagements/${id}/guests`,
    query: (tx, id, control) => getGuestList(tx, control, id),
  },
  { tab: 'setlist', path: (id) => `engagements/${id}/setlist`, query: (tx, id) => getSetlist(tx, id) },
  {
    tab: 'files',
    path: (id) => `files?engagementId=${id}&limit=100`,
    query: (tx, id) => listFiles(tx, files.routes.list.query.parse({ engagementId: id, limit: '100' })),
  },
];

/**
 * A dossier with 5,000 items: what opening it costs over HTTP, all tabs at once as the page asks for them, beside the very
 * same statements by the app's role under row security, pipelined; and how it feels in a browser.
 */
export async function dossier({ world, appUrl, databases }: BenchServer): Promise<void> {
  const id = await makeEngagement(world, '2030-05-01T08:00:00.000Z', '2030-05-20T22:00:00.000Z');
  const items = await withClient(world.tenantUrl, (owner) => fillDossier(owner, world.orgId, id));
  const client = new pg.Client({
    connectionString: appUrl,
    pipeline: true,
    options: '-c timezone=UTC -c plan_cache_mode=force_generic_plan',
  });
  await client.connect();
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
  const table: Record<string, { 'http ms': number; 'raw ms': number; ratio: number }> = {};
  for (const [index, { tab, path }] of tabs.entries())
    table[tab] = await compare(
      () => get(path(id)),
      () => inScope(statements[index] ?? []),
    );
  table['all at once'] = await compare(
    () => Promise.all(tabs.map(({ path }) => get(path(id)))),
    () => inScope(statements.flat()),
  );
  await client.end();
  console.log(`A dossier with ${items} items, median of ${rounds} rounds`);
  console.table(table);
  console.table(await feel({ world, databases }, id));
}

/** In turns, so that a change of the machine's mood meets both. */
async function compare(http: () => Promise<unknown>, raw: () => Promise<unknown>) {
  const times = { http: [] as number[], raw: [] as number[] };
  for (let round = -3; round < rounds; round++)
    for (const [side, run] of [
      ['http', http],
      ['raw', raw],
    ] as const) {
      const from = performance.now();
      await run();
      // The first rounds warm plans and caches.
      if (round >= 0) times[side].push(performance.now() - from);
    }
  const [overHttp, bare] = [median(times.http), median(times.raw)];
  return { 'http ms': round1(overHttp), 'raw ms': round1(bare), ratio: round1(overHttp / bare) };
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
