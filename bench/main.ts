// `npm run bench`: speed, each figure with its ratio to the same statements sent straight to PostgreSQL in the
// same run. `npm run bench -- bars`: the reliability bars at their full size; `bars 9`: one of them. `--quick`: small data, short runs.
import { readFileSync, globSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { withClient } from '#platform/test/connection.ts';
import { cascades } from './bars/cascades.ts';
import { contention } from './bars/contention.ts';
import { crashes } from './bars/crashes.ts';
import { createApiKey, createOrganisation } from '#features/identity/server/commands.ts';
import { groups } from './bars/groups.ts';
import { kills } from './bars/kills.ts';
import { moves } from './bars/moves.ts';
import { restores } from './bars/restores.ts';
import { retries } from './bars/retries.ts';
import { season } from './bars/season.ts';
import { spam } from './bars/spam.ts';
import type { World } from './bars/world.ts';
import { tampering } from './bars/tampering.ts';
import { fillOrganisation, fullSize } from './dataset.ts';
import { dossier } from './dossier.ts';
import { figures, type Figure } from './figures.ts';
import { runLoad, type LoadResult } from './load.ts';
import { runRaw } from './raw.ts';
import { buildWhenStale } from '../scripts/build.ts';
import { startBenchServer, type BenchServer } from './server.ts';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const seconds = quick ? 2 : 5;
const rounds = quick ? 1 : 3;

/** By number, with the word that the report has for them. */
const bars: Readonly<Record<string, (bench: BenchServer) => Promise<unknown>>> = {
  '1, contention': ({ world }) => contention(world, 10_000, 100, 50),
  '2, groups': ({ world }) => groups(world, 3_000, 3_000, 16),
  '7, retries': ({ world }) => retries(world, 2_000, 16),
  '8, crashes': ({ world, dataFolder }) => crashes(world, dataFolder, 200, 8),
  '9, kills': (bench) => kills(bench, 200, 5_000),
  '11, cascades': (bench) => cascades(bench, 1_000, 40),
  '15, tampering': ({ world, databases }) =>
    tampering(databases, { tenant: world.tenantUrl, control: databases.controlOwnerUrl }, 10_000),
};

// A season has a clock of its own: nothing may run by the machine’s. Spam comes from many addresses, which a proxy tells.
const server = await startBenchServer({
  ...(words.includes('season') ? { HOLDFAST_ROLES: 'api' } : {}),
  ...(words.includes('spam') ? { HOLDFAST_PROXIES: '1' } : {}),
});
try {
  const numbers = words.filter((word) => /^\d+$/.test(word));
  if (words.includes('bars')) await runBars(server, numbers);
  if (words.includes('moves') || (words.includes('bars') && numbers.length === 0)) await runMoves(server);
  if (words.includes('season'))
    console.log('a season', await season(server, { projects: 45, services: 300, substitutes: 900 }));
  if (words.includes('dossier')) {
    await buildWhenStale();
    await dossier(server);
  }
  if (words.includes('spam')) {
    const memory = () => residentMegabytes(server.pid) * 1e6;
    console.log('spam', await spam({ world: server.world, secret: server.secret, memory }, quick ? 200 : 2_000, 16));
  }
  if (!words.some((word) => ['bars', 'moves', 'season', 'dossier', 'spam'].includes(word))) await runSpeed(server);
} finally {
  await server.stop();
}

/** @param numbers of some bars only; all when empty */
async function runBars(bench: BenchServer, numbers: readonly string[]): Promise<void> {
  for (const [name, run] of Object.entries(bars)) {
    const [number = ''] = name.split(',');
    if (numbers.length === 0 || numbers.includes(number)) console.log(`bar ${name}`, await run(bench));
  }
}

/** Moves under load and bar 12, with a fifth of the data that the speed is measured with. */
async function runMoves({ world, databases }: BenchServer): Promise<void> {
  const neighbour = await addNeighbour({ world, databases });
  const size = quick
    ? { people: 160, places: 30, things: 10, claimsPerResource: 100 }
    : { people: 1_600, places: 300, things: 100, claimsPerResource: 100 };
  await withClient(world.tenantUrl, (client) => fillOrganisation(client, world.orgId, size));
  console.log('moves under load', await moves(world, neighbour, databases, quick ? 2 : 3, 8));
  console.log('bar 12, restores', await restores(world, [neighbour], databases));
}

async function addNeighbour({ world, databases }: Pick<BenchServer, 'world' | 'databases'>): Promise<World> {
  const organisation = {
    name: 'Neighbour',
    slug: 'neighbour',
    packs: ['venue'],
    zone: 'Europe/Berlin',
    currency: 'EUR',
  };
  const orgId = await createOrganisation(databases, organisation, undefined);
  const { key } = await createApiKey(databases.control, orgId, { name: 'bench', role: 'owner', createdBy: null });
  return { ...world, org: organisation.slug, orgId, key };
}

async function runSpeed(bench: BenchServer): Promise<void> {
  await buildWhenStale();
  const memoryAtStart = residentMegabytes(bench.pid);
  const size = quick ? { people: 800, places: 150, things: 50, claimsPerResource: 100 } : fullSize;
  console.log(
    `Filling ${size.people + size.places + size.things} resources with ${size.claimsPerResource} claims each …`,
  );
  const ids = await withClient(bench.world.tenantUrl, async (client) => {
    await fillOrganisation(client, bench.world.orgId, size);
    const { rows } = await client.query<{ id: string }>('select id from resources where capacity is null order by id');
    return rows.map(({ id }) => id);
  });
  const rows: Record<string, unknown>[] = [];
  for (const figure of await figures(bench, ids))
    for (const clients of [1, 16]) rows.push(await compare(bench, figure, clients));
  console.table(rows);
  console.table({
    'cold start, ms (database running)': Math.round(bench.startMs),
    'memory after start, MB': memoryAtStart,
    'memory after the load, MB': residentMegabytes(bench.pid),
    'first-load JavaScript, kB gzip': firstLoadKilobytes(),
  });
}

/** The two sides in turns, so that a change of the machine's mood meets both; the median ratio counts. */
async function compare(bench: BenchServer, figure: Figure, clients: number): Promise<Record<string, unknown>> {
  const pairs: { http: LoadResult; raw: LoadResult }[] = [];
  for (let round = 0; round <= rounds; round++) {
    // The first round warms plans and caches and isn't counted.
    const time = round === 0 ? 1 : seconds;
    const http = await runLoad({
      host: '127.0.0.1',
      port: bench.port,
      clients,
      seconds: time,
      request: figure.request,
    });
    await figure.prepare?.(time * 8_000);
    const raw = await runRaw({ url: bench.appUrl, clients, seconds: time, ...figure });
    refuseFailures(figure.name, http, raw);
    if (round > 0) pairs.push({ http, raw });
  }
  const ratios = pairs.map(({ http, raw }) => http.perSecond / raw.perSecond).toSorted((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)] ?? 0;
  const last = pairs.at(-1);
  return {
    figure: figure.name,
    clients,
    'http/s': Math.round(last?.http.perSecond ?? 0),
    'raw/s': Math.round(last?.raw.perSecond ?? 0),
    ratio: `${Math.round(ratio * 100)} %`,
    bar: `${figure.bar * 100} %`,
    'p50 ms': last?.http.p50.toFixed(2),
    'p99 ms': last?.http.p99.toFixed(2),
    verdict: ratio >= figure.goal ? 'goal' : ratio >= figure.bar ? 'bar' : 'MISSED',
  };
}

function refuseFailures(name: string, http: LoadResult, raw: LoadResult): void {
  // A random hour is rarely taken already; anything but that is a fault of the bench.
  const strange = Object.keys({ ...http.statuses, ...raw.statuses }).filter(
    (status) =>
      !['200', '201', '409', 'ok'].includes(status) && !status.includes('HF002') && !status.includes('only some'),
  );
  if (strange.length > 0) throw new Error(`${name}: ${strange.join('; ')}`);
}

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}

/** What a first visit loads: the scripts that the page names. */
function firstLoadKilobytes(): number | string {
  const folder = path.resolve('dist/web');
  const [page] = globSync('index.html', { cwd: folder });
  if (!page) return 'not built';
  const html = readFileSync(path.join(folder, page), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length, 0);
  return Math.round(bytes / 1_000);
}
