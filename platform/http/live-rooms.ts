import * as z from 'zod';
import { withTenant } from '../db/tenant.ts';
import { roomState, type Sight, type Visitor } from '../live/rooms.ts';
import { scopeOf } from './access-record.ts';
import type { Caller, RoomKind } from './feature.ts';
import type { FastifyRequest } from 'fastify';
import type { Services } from './services.ts';

/** Rooms that one socket may be in at a time. */
const most = 8;
/** What one socket may say: so many messages at once, and so many a second on the long run. */
const burst = 60;
const perSecond = 12;

const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enter'), room: z.string().max(120), state: roomState }),
  z.strictObject({ type: z.literal('leave'), room: z.string().max(120) }),
]);

/** As much of a WebSocket as is needed. */
interface Line {
  send(text: string): void;
  close(code: number, reason: string): void;
}

type Stay = ReturnType<Services['rooms']['enter']>;

/**
 * What a follower says on its socket: `{ type: 'enter', room: 'notes/<id>', state }`, again with another state, and
 * `{ type: 'leave', room }`. They hear `{ type: 'room', room, you, visitors }` whenever that changes, `{ type: 'told',
 * room, data }`, and `{ type: 'refused', room }`, alike for rooms that aren't there and rooms that aren't theirs.
 * Only people enter; programs have no seat.
 */
export class RoomVisits {
  readonly #socket: Line;
  readonly #services: Services;
  readonly #kinds: readonly RoomKind[];
  readonly #request: FastifyRequest;
  readonly #stays = new Map<string, Stay>();
  #caller: Caller;
  #person: Promise<Visitor['person']> | undefined;
  #allowance = burst;
  #since = Date.now();
  #queue = Promise.resolve();
  #ended = false;

  constructor(
    socket: Line,
    services: Services,
    kinds: readonly RoomKind[],
    { request, caller }: { request: FastifyRequest; caller: Caller },
  ) {
    this.#socket = socket;
    this.#services = services;
    this.#kinds = kinds;
    this.#request = request;
    this.#caller = caller;
  }

  /** One message after the other: to leave never overtakes to enter. */
  hear(text: string): void {
    if (!this.#within()) return this.#socket.close(1008, 'Too much at once.');
    const parsed = message.safeParse(parsedJson(text)).data;
    if (!parsed) return this.#socket.close(1008, 'That is no message of this protocol.');
    this.#queue = this.#queue
      .then(() => this.#do(parsed))
      .catch((error: unknown) => {
        this.#services.log.warn({ err: error }, 'a room could not be entered');
        this.#refuse(parsed.room);
      });
  }

  /** Who the asker is now: rooms that aren't theirs any more are left, in the others they see whom they may see now. */
  async recheck(caller: Caller): Promise<void> {
    this.#caller = caller;
    for (const [room, stay] of this.#stays) {
      const sight = await this.#sightIn(room);
      if (sight) stay.see(sight);
      else this.#refuse(room);
    }
  }

  end(): void {
    this.#ended = true;
    for (const room of this.#stays.keys()) this.#leave(room);
  }

  async #do(said: z.output<typeof message>): Promise<void> {
    if (this.#ended) return;
    const { room } = said;
    if (said.type === 'leave') return this.#leave(room);
    const stay = this.#stays.get(room);
    if (stay) return stay.say(said.state);
    const sight = this.#stays.size < most && (await this.#sightIn(room));
    if (!sight) return this.#refuse(room);
    const person = await (this.#person ??= personOf(this.#services, this.#caller));
    // The socket may have closed while the database was asked.
    if (this.#ended) return;
    const org = this.#caller.organisation.id;
    const entered = this.#services.rooms.enter(
      { org, room, person, state: said.state, ...sight },
      {
        present: (visitors) => this.#send({ type: 'room', room, you: entered.key, visitors }),
        told: (data) => this.#send({ type: 'told', room, data }),
      },
    );
    this.#stays.set(room, entered);
  }

  async #sightIn(room: string): Promise<Sight | false> {
    const [name = '', id = ''] = room.split('/');
    const kind = this.#kinds.find((one) => one.name === name);
    const caller = this.#caller;
    if (!kind || !z.uuid().safeParse(id).success || room !== `${name}/${id}`) return false;
    if (!caller.userId || !caller.can(kind.permission, 'own')) return false;
    const own = caller.can(kind.permission) ? undefined : caller.userId;
    const scope = scopeOf(this.#request, caller, caller.organisation.id);
    return withTenant(this.#services.databases, scope, (tx) => kind.open(tx, id, caller, own), { readOnly: true });
  }

  #leave(room: string): void {
    this.#stays.get(room)?.leave();
    this.#stays.delete(room);
  }

  #refuse(room: string): void {
    this.#leave(room);
    this.#send({ type: 'refused', room });
  }

  #send(value: object): void {
    if (!this.#ended) this.#socket.send(JSON.stringify(value));
  }

  #within(): boolean {
    const now = Date.now();
    this.#allowance = Math.min(burst, this.#allowance + ((now - this.#since) / 1_000) * perSecond) - 1;
    this.#since = now;
    return this.#allowance >= 0;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As the others see them. Who is behind a support grant is between the operator and the record. */
async function personOf({ databases }: Services, caller: Caller): Promise<Visitor['person']> {
  if (caller.support) return { id: caller.support.grantId, name: 'Support' };
  const user = await databases.control
    .selectFrom('users')
    .select('name')
    .where('id', '=', caller.userId ?? '')
    .executeTakeFirst();
  return { id: caller.userId ?? '', name: user?.name ?? 'Somebody' };
}
