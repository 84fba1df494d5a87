import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Databases } from '../db/databases.ts';
import type { TenantDatabase } from '../db/tenant-database.ts';
import { reasonOf } from '../db/unreachable.ts';

export const roomsChannel = 'holdfast_rooms';

/** What is said is gathered so long before one NOTIFY carries it, in milliseconds. */
const gather = 25;
/** Who is in a room says so again this often; who wasn't heard for `silence` is gone. Milliseconds. */
const beat = 4_000;
const silence = 10_000;
/** NOTIFY carries less than 8,000 bytes. */
const longest = 7_500;
/** More aren't shown. */
const crowd = 60;

/** A few words about what somebody does in a room: their tab, their cursor. */
export const roomState = z.record(z.string().regex(/^\w{1,20}$/), z.string().max(600));
export type RoomState = Readonly<Record<string, string>>;

export interface Visitor {
  /** The same person at two windows is there twice. */
  key: string;
  person: { id: string; name: string };
  state: RoomState;
}

/**
 * Whom somebody sees in a room. Without circles: everybody. Somebody with circles, from outside, sees their own other
 * windows and who shares a circle with them, and nobody when there is none.
 */
export interface Sight {
  circles?: readonly string[] | undefined;
}

interface Heard extends Visitor, Sight {
  at: number;
}

export interface RoomListener {
  /** Who is there now as far as we see them, ourselves among them. */
  present(visitors: readonly Visitor[]): void;
  /** Something was told to everybody in the room. */
  told(data: unknown): void;
}

const said = z.object({
  org: z.string(),
  room: z.string(),
  /** Somebody says where they stand; without a state they leave. */
  from: z
    .object({
      key: z.string(),
      person: z.object({ id: z.string(), name: z.string() }),
      circles: z.array(z.string()).readonly().optional(),
    })
    .optional(),
  state: roomState.optional(),
  /** Somebody came and wants to know who is there. */
  ask: z.literal(true).optional(),
  data: z.unknown().optional(),
});
type Said = z.output<typeof said>;

interface Member {
  readonly key: string;
  readonly org: string;
  readonly room: string;
  readonly person: Visitor['person'];
  circles: readonly string[] | undefined;
  state: RoomState;
  readonly listener: RoomListener;
}

/**
 * Who looks at one thing at the same time, in whatever process, and short messages among them. Nothing is stored: all
 * goes by NOTIFY through the organisation's database, and what is lost is said again. Who may be in a room is the
 * caller's to check.
 */
export class Rooms {
  readonly #databases: Databases;
  readonly #log: Logger;
  /** Of this process, by room. */
  readonly #members = new Map<string, Set<Member>>();
  /** Of all processes, by room: only of rooms that have members here. */
  readonly #heard = new Map<string, Map<string, Heard>>();
  readonly #changed = new Set<string>();
  #waiting: Said[] = [];
  #timer: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(databases: Databases, log: Logger) {
    this.#databases = databases;
    this.#log = log;
  }

  start(): void {
    this.#beat = setInterval(() => this.#keepAlive(), beat);
    this.#beat.unref();
  }

  /** Says goodbye for everybody who is still here. */
  async stop(): Promise<void> {
    clearInterval(this.#beat);
    for (const member of this.#all()) this.#say({ ...placeOf(member), from: member });
    this.#members.clear();
    await this.#flush();
  }

  /** @returns ways to say something new about oneself, to see others than before, and to leave */
  enter(
    { org, room, person, circles, state }: Pick<Member, 'org' | 'room' | 'person' | 'state'> & Sight,
    listener: RoomListener,
  ): { key: string; say: (state: RoomState) => void; see: (sight: Sight) => void; leave: () => void } {
    const member: Member = { key: randomUUID(), org, room, person, circles, state, listener };
    const members = this.#members.get(nameOf(member)) ?? new Set();
    this.#members.set(nameOf(member), members.add(member));
    this.#announce(member);
    this.#say({ ...placeOf(member), ask: true });
    return {
      key: member.key,
      say: (next) => {
        member.state = next;
        if (members.has(member)) this.#announce(member);
      },
      see: (sight) => {
        if (!members.has(member) || JSON.stringify(sight.circles) === JSON.stringify(member.circles)) return;
        member.circles = sight.circles;
        this.#announce(member);
      },
      leave: () => {
        if (!members.delete(member)) return;
        this.#say({ ...placeOf(member), from: member });
        if (members.size > 0) return;
        this.#members.delete(nameOf(member));
        this.#heard.delete(nameOf(member));
      },
    };
  }

  /** Tells everybody who is in a room now. Whoever isn't never hears of it: no more than a hint to look. */
  tell(org: string, room: string, data: unknown): void {
    this.#say({ org, room, data });
  }

  /** What another process, or this one, said. */
  hear(payload: string): void {
    const message = said.safeParse(JSON.parse(payload)).data;
    if (!message) return;
    const room = nameOf(message);
    const members = this.#members.get(room);
    if (!members) return;
    if (message.data !== undefined) for (const { listener } of members) listener.told(message.data);
    if (message.ask) for (const member of members) this.#announce(member);
    if (message.from) this.#note(room, message.from, message.state);
  }

  /** The line was cut: what was said meanwhile is asked for. */
  askAgain(): void {
    for (const member of this.#all()) {
      this.#announce(member);
      this.#say({ ...placeOf(member), ask: true });
    }
  }

  #note(room: string, { key, person, circles }: NonNullable<Said['from']>, state: RoomState | undefined): void {
    const heard = this.#heard.get(room) ?? new Map<string, Heard>();
    this.#heard.set(room, heard);
    const before = heard.get(key);
    if (state) heard.set(key, { key, person, circles, state, at: Date.now() });
    else heard.delete(key);
    const same = before && state && JSON.stringify([before.state, before.circles]) === JSON.stringify([state, circles]);
    if (!same && (before || state)) this.#present(room);
  }

  /** Once for everything that was heard in one go. */
  #present(room: string): void {
    if (this.#changed.has(room)) return;
    this.#changed.add(room);
    setImmediate(() => {
      this.#changed.delete(room);
      const heard = [...(this.#heard.get(room)?.values() ?? [])];
      for (const member of this.#members.get(room) ?? []) {
        const seen = heard.filter((one) => sees(member, one)).slice(0, crowd);
        member.listener.present(seen.map(({ key, person, state }) => ({ key, person, state })));
      }
    });
  }

  #announce(member: Member): void {
    this.#say({ ...placeOf(member), from: member, state: member.state });
  }

  #keepAlive(): void {
    for (const member of this.#all()) this.#announce(member);
    const since = Date.now() - silence;
    for (const [room, heard] of this.#heard) {
      const gone = [...heard.values()].filter(({ at }) => at < since);
      for (const { key } of gone) heard.delete(key);
      if (gone.length > 0) this.#present(room);
    }
  }

  #all(): Member[] {
    return [...this.#members.values()].flatMap((members) => [...members]);
  }

  #say(message: Said): void {
    this.#waiting.push(message);
    this.#timer ??= setTimeout(() => void this.#flush(), gather);
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const messages = this.#waiting;
    this.#waiting = [];
    const byOrg = Map.groupBy(messages, ({ org }) => org);
    const byDatabase = new Map<TenantDatabase, string[]>();
    for (const [org, its] of byOrg) {
      const database = await this.#databases.databaseOf(org).catch((error: unknown) => this.#failed(error));
      if (database) byDatabase.set(database, [...(byDatabase.get(database) ?? []), ...payloadsOf(its)]);
    }
    await Promise.all([...byDatabase].map(([database, payloads]) => this.#send(database, payloads)));
  }

  async #send(database: TenantDatabase, payloads: string[]): Promise<void> {
    const notify = `select pg_notify('${roomsChannel}', said) from unnest($1::text[]) as said`;
    await database
      .attempt(() => database.pool.query(notify, [payloads]))
      .catch((error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): void {
    this.#log.warn({ reason: reasonOf(error) }, 'nobody in the rooms was told');
  }
}

function sees({ person, circles }: Member, other: Heard): boolean {
  return !circles || person.id === other.person.id || (other.circles ?? []).some((one) => circles.includes(one));
}

const placeOf = ({ org, room }: Pick<Member, 'org' | 'room'>) => ({ org, room });
const nameOf = ({ org, room }: Pick<Member, 'org' | 'room'>) => `${org} ${room}`;

/** Of several things that one member says at once only the last counts. */
function payloadsOf(messages: readonly Said[]): string[] {
  const last = new Map<string, string>();
  for (const { org, room, from, state, ask, data } of messages) {
    const by = from && { key: from.key, person: from.person, circles: from.circles };
    const key = by ? `${room} ${by.key}` : ask ? `${room} ask` : randomUUID();
    last.delete(key);
    last.set(key, JSON.stringify({ org, room, from: by, state, ask, data }));
  }
  return [...last.values()].filter((payload) => Buffer.byteLength(payload) < longest);
}
