import { randomUUID } from 'node:crypto';
import { enterOrganisation, refuseUsedKey, scopeValues, storeLastAnswer } from '#platform/db/tenant.ts';
import { findQuery } from '#features/scheduling/find/contract.ts';
import { findFree } from '#features/scheduling/find/server/queries.ts';
import { placeClaims } from '#features/scheduling/claims/server/place.ts';
import { readWindow } from '#features/scheduling/claims/server/queries.ts';
import { listResources } from '#features/scheduling/resources/server/queries.ts';
import { resources } from '#features/scheduling/resources/contract.ts';
import { claims } from '#features/scheduling/claims/contract.ts';
import { httpRequest } from './load.ts';
import type { Statement } from './raw.ts';
import { statementsDuring, statementsOf } from './recorder.ts';
import type { BenchServer } from './server.ts';

const asBench = { actor: 'bench', requestId: 'bench' };

/** One kind of work, as a request and as the statements that the request sends. */
export interface Figure {
  name: string;
  /** Least share of the database's own speed that it must reach, and the share aimed at. */
  bar: number;
  goal: number;
  request: (client: number, n: number) => string;
  transaction: (client: number, n: number) => Statement[];
  readOnly: boolean;
  /** Makes so many transactions beforehand, where each may be sent once only. */
  prepare?: (count: number) => Promise<void>;
}

const variants = 300;
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const hour = 3_600_000;

export async function figures(server: BenchServer, resourceIds: readonly string[]): Promise<Figure[]> {
  return [
    await placing(server, resourceIds, 'hold', 'place hold'),
    await placing(server, resourceIds, 'commit', 'commit'),
    await listing(server),
    await finding(server),
    await window(server, resourceIds),
  ];
}

/** Any free hour of twenty years: conflicts are not what is measured here. */
async function placing(
  { world }: BenchServer,
  ids: readonly string[],
  status: 'hold' | 'commit',
  name: string,
): Promise<Figure> {
  const claim = () => {
    const from = Date.UTC(2040, 0, 1) + Math.floor(Math.random() * 20 * 365 * 24) * hour;
    return {
      resourceId: pick(ids),
      status,
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(from + hour).toISOString(),
    };
  };
  const scope = (key: string): Statement[] => [
    { text: enterOrganisation, values: scopeValues({ ...asBench, orgId: world.orgId }, true) },
    { text: refuseUsedKey, values: [key] },
  ];
  let prepared: Statement[][] = [];
  let next = 0;
  return {
    name,
    bar: 0.6,
    goal: 0.7,
    readOnly: false,
    // Made before each run of the raw side, which shall not pay for their making.
    async prepare(count) {
      next = 0;
      const claims = Array.from({ length: count }, () => ({ ...claim(), units: 1, expiresAt: null, note: '' }));
      prepared = await Promise.all(
        claims.map((one) => statementsOf(world.orgId, (tx) => placeClaims(tx, { engagementId: null, claims: [one] }))),
      );
    },
    request: () =>
      httpRequest(
        'POST',
        `/api/v1/orgs/${world.org}/claims`,
        world.key,
        JSON.stringify({ claims: [claim()] }),
        `idempotency-key: ${randomUUID()}\r\n`,
      ),
    transaction: () => {
      const key = randomUUID();
      const statements = prepared[next++] ?? [];
      return [
        ...scope(key),
        ...statements,
        { text: storeLastAnswer, values: [world.orgId, 'bench', key, 'hash', 201] },
      ];
    },
  };
}

async function listing(server: BenchServer): Promise<Figure> {
  const query = resources.routes.list.query.parse({ kind: 'person', limit: '50' });
  return reading(
    server,
    'list 50',
    [0.4, 0.5],
    ['/resources?kind=person&limit=50'],
    [(tx) => listResources(tx, query)],
  );
}

async function finding(server: BenchServer): Promise<Figure> {
  const times = Array.from(
    { length: variants },
    () => Date.UTC(2026, 2, 1) + Math.floor(Math.random() * 600 * 24) * hour,
  );
  const asked = times.map((from) => ({
    kind: 'person',
    skill: 'Violin',
    startsAt: new Date(from).toISOString(),
    endsAt: new Date(from + 3 * hour).toISOString(),
    limit: '50',
  }));
  const paths = asked.map((query) => `/find?${new URLSearchParams(query)}`);
  return reading(
    server,
    'find 50',
    [0.6, 0.7],
    paths,
    asked.map((query) => (tx) => findFree(tx, findQuery.parse(query))),
  );
}

/** A week of fifty rows: what a screenful of the board asks for. */
async function window(server: BenchServer, ids: readonly string[]): Promise<Figure> {
  const asked = Array.from({ length: variants }, () => {
    const from = Date.UTC(2026, 2, 1) + Math.floor(Math.random() * 600) * 24 * hour;
    const at = Math.floor(Math.random() * (ids.length - 50));
    return {
      from: new Date(from).toISOString(),
      to: new Date(from + 7 * 24 * hour).toISOString(),
      resourceIds: ids.slice(at, at + 50).join(','),
    };
  });
  const schema = claims.routes.window.query;
  const paths = asked.map((query) => `/board?${new URLSearchParams(query)}`);
  return reading(
    server,
    'board window',
    [0.4, 0.5],
    paths,
    asked.map((query) => (tx) => readWindow(tx, schema.parse(query))),
  );
}

type Query = Parameters<typeof statementsDuring>[2];

async function reading(
  { world, databases }: BenchServer,
  name: string,
  [bar, goal]: [number, number],
  paths: string[],
  queries: Query[],
): Promise<Figure> {
  const recorded: Statement[][] = [];
  for (const query of queries) {
    // Twice: the first run may look something up that the server remembers.
    await statementsDuring(databases, world.orgId, query);
    recorded.push(await statementsDuring(databases, world.orgId, query));
  }
  const scope = { text: enterOrganisation, values: scopeValues({ ...asBench, orgId: world.orgId }, false) };
  return {
    name,
    bar,
    goal,
    readOnly: true,
    request: (client, n) =>
      httpRequest('GET', `/api/v1/orgs/${world.org}${paths[(client * 31 + n) % paths.length]}`, world.key),
    transaction: (client, n) => [scope, ...(recorded[(client * 31 + n) % recorded.length] ?? [])],
  };
}
