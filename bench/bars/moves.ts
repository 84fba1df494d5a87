import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import type { Databases } from '#platform/db/databases.ts';
import { moveOrganisation } from '#platform/db/moving/move.ts';
import { mintScope } from '#platform/db/scope.ts';
import { withTenant } from '#platform/db/tenant.ts';
import { sealChanges } from '#features/history/server/seals.ts';
import { verifyChanges } from '#features/history/server/verify.ts';
import { withClient } from '#platform/test/connection.ts';
import { countIn, sumsOf } from './sums.ts';
import { at, hour, makeResources, must, type World } from './world.ts';

/** Longest time a client goes on trying one write, in milliseconds. */
const patience = 120_000;

/**
 * An organisation moves to a database of its own and back, again and again, while writers write over HTTP under keys and
 * try again at 503. Afterwards each acknowledged write is there exactly once, history is in the order in which each
 * writer was answered, sockets went on, and a neighbour in the old database noticed nothing.
 *
 * @param neighbour another organisation, in the database that the moves begin at
 */
export async function moves(world: World, neighbour: World, databases: Databases, rounds: number, writers: number) {
  const home = await databases.databaseOf(world.orgId);
  const away = await databases.createTenantDatabase({ name: `moves_${randomUUID().slice(0, 8)}`, kind: 'dedicated' });
  const [room = ''] = await makeResources(world, 1, 'Moved');
  const [theirs = ''] = await makeResources(neighbour, 1, 'Unmoved');
  const before = await sumsOf(home.ownerUrl, neighbour.orgId);
  const heard = follow(world);
  await requireSound(databases, world.orgId);
  const load = new Load(world, room, writers);
  const beside = new Load(neighbour, theirs, 1);
  const figures: { rows: number; frozenMs: number; rowsPerSecond: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const to of [away, home]) {
      await load.progress(writers);
      const by = { actor: 'command', requestId: 'bench' };
      const moved = await moveOrganisation(databases, { organisationId: world.orgId, toDatabaseId: to.id, by });
      must(moved.settled, 'A move was not settled.');
      const rowsPerSecond = Math.round((moved.rows / moved.copyMs) * 1_000);
      figures.push({ rows: moved.rows, frozenMs: Math.round(moved.frozenMs), rowsPerSecond });
      const left = to === away ? home : away;
      const { rows, jobs } = await countIn(left.ownerUrl, world.orgId);
      must(rows + jobs === 0, `${rows} rows and ${jobs} jobs were left in ${left.name}.`);
      await load.progress(writers);
    }
  }
  await Promise.all([load.end(), beside.end()]);
  await requireEach(home.ownerUrl, load, room);
  await requireEach(home.ownerUrl, beside, theirs);
  must(beside.refused === 0, `The neighbour was refused ${beside.refused} times.`);
  const after = await sumsOf(home.ownerUrl, neighbour.orgId);
  const written = ['changes', 'change_seals', 'claims', 'idempotency_keys'];
  const touched = Object.keys(before).filter((table) => before[table] !== after[table] && !written.includes(table));
  must(touched.length === 0, `The neighbour's ${touched.join(', ')} changed.`);
  await heard.requireNext(() => load.once());
  heard.close();
  await requireSound(databases, world.orgId);
  await databases.removeTenantDatabase(away.id);
  return {
    moves: figures.length,
    acknowledged: load.acknowledged.flat().length,
    retried: load.refused,
    neighbour: beside.acknowledged.flat().length,
    longestFrozenMs: Math.max(...figures.map(({ frozenMs }) => frozenMs)),
    last: figures.at(-1),
  };
}

/** Writers that each place claims one after the other, each under a key until it is acknowledged. */
class Load {
  /** Ids by writer, in the order of their answers. */
  readonly acknowledged: string[][];
  /** Answers that said: later. */
  refused = 0;
  readonly #world: World;
  readonly #resourceId: string;
  readonly #writing: Promise<void>;
  #failure: unknown;
  #stop = false;
  #slot = 0;

  constructor(world: World, resourceId: string, writers: number) {
    this.#world = world;
    this.#resourceId = resourceId;
    this.acknowledged = Array.from({ length: writers }, () => []);
    this.#writing = Promise.all(this.acknowledged.map((ids) => this.#write(ids))).then(() => undefined);
    this.#writing.catch((error: unknown) => {
      this.#failure = error;
    });
  }

  /** Waits until so many more were acknowledged. */
  async progress(more: number): Promise<void> {
    const enough = this.acknowledged.flat().length + more;
    while (this.acknowledged.flat().length < enough) {
      if (this.#failure) throw this.#failure;
      await sleep(10);
    }
  }

  async end(): Promise<void> {
    this.#stop = true;
    await this.#writing;
  }

  async #write(ids: string[]): Promise<void> {
    while (!this.#stop) {
      const id = randomUUID();
      await this.#until201(id);
      ids.push(id);
    }
  }

  /** One more. @returns its id */
  async once(): Promise<string> {
    const id = randomUUID();
    await this.#until201(id);
    return id;
  }

  async #until201(id: string): Promise<void> {
    const from = Date.UTC(2035, 0, 1) + this.#slot++ * 60_000;
    const claim = { id, resourceId: this.#resourceId, status: 'pencil', startsAt: at(from), endsAt: at(from + hour) };
    const { baseUrl, org, key } = this.#world;
    const init = {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ claims: [claim] }),
    };
    const until = Date.now() + patience;
    for (;;) {
      const response = await fetch(`${baseUrl}/api/v1/orgs/${org}/claims`, init);
      const text = await response.text();
      if (response.status === 201) return;
      must(response.status === 503 && Date.now() < until, `A write was answered ${response.status} ${text}`);
      must(response.headers.has('retry-after'), 'A 503 does not say when to try again.');
      this.refused++;
      await sleep(20 + Math.random() * 30);
    }
  }
}

/** Every acknowledged write once, nothing else, and the history of each writer in the order of its answers. */
async function requireEach(url: string, load: Load, resourceId: string): Promise<void> {
  const acknowledged = load.acknowledged.flat();
  await withClient(url, async (client) => {
    const claims = await client.query<{ id: string }>('select id from claims where resource_id = $1', [resourceId]);
    const found = new Set(claims.rows.map(({ id }) => id));
    const lost = acknowledged.filter((id) => !found.has(id));
    must(lost.length === 0, `${lost.length} acknowledged writes were lost.`);
    must(claims.rows.length === acknowledged.length, `${claims.rows.length} rows for ${acknowledged.length} writes.`);
    const history = await client.query<{ entity_id: string }>(
      `select entity_id from changes where entity = 'claims' and operation = 'insert' and entity_id = any($1::uuid[]) order by id`,
      [acknowledged],
    );
    must(
      history.rows.length === acknowledged.length,
      `${history.rows.length} records of ${acknowledged.length} writes.`,
    );
    const place = new Map(history.rows.map(({ entity_id }, index) => [entity_id, index]));
    for (const ids of load.acknowledged)
      must(
        ids.every((id, n) => n === 0 || (place.get(id) ?? -1) > (place.get(ids[n - 1] ?? '') ?? -1)),
        'History is not in the order of the answers.',
      );
  });
}

interface Message {
  type: string;
  changes?: { entity: string; id: string }[];
}

function follow({ baseUrl, org, key }: World) {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/api/v1/orgs/${org}/live`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const claims = new Set<string>();
  let resyncs = 0;
  socket.addEventListener('message', ({ data }) => {
    const message: Message = Object(JSON.parse(String(data)));
    if (message.type === 'resync') resyncs++;
    for (const { entity, id } of message.changes ?? []) if (entity === 'claims') claims.add(id);
  });
  const within20s = async (condition: () => boolean, sentence: string) => {
    for (const until = Date.now() + 20_000; !condition() && Date.now() < until;) await sleep(20);
    must(condition(), sentence);
  };
  return {
    /** Whoever missed something was told to look anew, once at the beginning and again since; and writes are heard of again. */
    async requireNext(write: () => Promise<string>): Promise<void> {
      const told = resyncs;
      const missed = await write();
      await within20s(
        () => claims.has(missed) || resyncs > told,
        'A write after the moves was neither told nor a reason to look anew.',
      );
      const next = await write();
      await within20s(() => claims.has(next), 'The socket did not hear of a write after the moves.');
      must(resyncs > 1, 'The socket was not told to look anew.');
    },
    close: () => socket.close(),
  };
}

/** The seals from before the moves still hold, and what came since can be sealed. */
async function requireSound(databases: Databases, orgId: string): Promise<void> {
  const scope = () => mintScope({ orgId, actor: 'command', requestId: 'bench' });
  await sealChanges(databases, orgId, (work) => withTenant(databases, scope(), work));
  const { sound, faults } = await withTenant(databases, scope(), (tx) => verifyChanges(tx, databases.control), {
    readOnly: true,
  });
  must(sound, `The record of changes: ${faults.map(({ message }) => message).join(' ')}`);
}
