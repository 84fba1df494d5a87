import * as z from 'zod';

/** What one does in a room is said at most this often, in milliseconds. */
const pace = 150;

const visitor = z.object({
  key: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  state: z.record(z.string(), z.string()),
});

/** Of the messages on the live socket, those about rooms. */
const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room'), room: z.string(), you: z.string(), visitors: z.array(visitor) }),
  z.object({ type: z.literal('told'), room: z.string(), data: z.unknown() }),
  z.object({ type: z.literal('refused'), room: z.string() }),
]);

/** Somebody at one window; the same person at two windows is there twice. */
export interface Visitor {
  key: string;
  person: { id: string; name: string };
  state: Readonly<Record<string, string>>;
}

export interface RoomHearing {
  /** Others who are there now; nobody while there is no connection. */
  others?: (visitors: readonly Visitor[]) => void;
  told?: (data: unknown) => void;
  /** Entered, or entered again after the line was cut: what was told meanwhile was missed. */
  entered?: () => void;
}

interface Holder {
  state: Readonly<Record<string, string>>;
  hearing: RoomHearing;
}

interface Room {
  holders: Set<Holder>;
  timer?: ReturnType<typeof setTimeout> | undefined;
  inside: boolean;
  others: readonly Visitor[];
}

/** The rooms that this window is in, over the live socket of one organisation: see platform/http/live-rooms.ts. */
export class RoomLine {
  readonly #rooms = new Map<string, Room>();
  #send: ((text: string) => void) | undefined;

  /** The socket is open, or closed. */
  connected(send: ((text: string) => void) | undefined): void {
    this.#send = send;
    for (const [name, room] of this.#rooms) {
      room.inside = false;
      room.others = [];
      if (send) this.#say(name);
      else for (const { hearing } of room.holders) hearing.others?.([]);
    }
  }

  receive(value: unknown): void {
    const heard = message.safeParse(value).data;
    const room = heard && this.#rooms.get(heard.room);
    if (!room) return;
    const holders = [...room.holders];
    if (heard.type === 'told') for (const { hearing } of holders) hearing.told?.(heard.data);
    if (heard.type === 'refused') for (const { hearing } of holders) hearing.others?.([]);
    if (heard.type !== 'room') return;
    if (!room.inside) for (const { hearing } of holders) hearing.entered?.();
    room.inside = true;
    room.others = heard.visitors.filter(({ key }) => key !== heard.you);
    for (const { hearing } of holders) hearing.others?.(room.others);
  }

  /**
   * Several parts of a page may be in one room; what each says is put together.
   * @param name `notes/<id>`
   */
  enter(
    name: string,
    state: Readonly<Record<string, string>>,
    hearing: RoomHearing,
  ): { say: (state: Readonly<Record<string, string>>) => void; leave: () => void } {
    const room = this.#rooms.get(name) ?? { holders: new Set<Holder>(), inside: false, others: [] };
    const holder = { state, hearing };
    room.holders.add(holder);
    this.#rooms.set(name, room);
    this.#say(name);
    // Who is there was said to those who came before.
    if (room.inside) queueMicrotask(() => room.holders.has(holder) && hearing.others?.(room.others));
    return {
      say: (next) => {
        if (JSON.stringify(next) === JSON.stringify(holder.state)) return;
        holder.state = next;
        room.timer ??= setTimeout(() => this.#say(name), pace);
      },
      leave: () => {
        if (!room.holders.delete(holder)) return;
        if (room.holders.size > 0) return this.#say(name);
        clearTimeout(room.timer);
        this.#rooms.delete(name);
        this.#send?.(JSON.stringify({ type: 'leave', room: name }));
      },
    };
  }

  #say(name: string): void {
    const room = this.#rooms.get(name);
    if (!room) return;
    clearTimeout(room.timer);
    room.timer = undefined;
    const state: Record<string, string> = {};
    for (const holder of room.holders) Object.assign(state, holder.state);
    this.#send?.(JSON.stringify({ type: 'enter', room: name, state }));
  }
}

const lines = new Map<string, RoomLine>();

/** The line of an organisation; `useLive` keeps it connected. */
export function roomLine(slug: string): RoomLine {
  const line = lines.get(slug) ?? new RoomLine();
  lines.set(slug, line);
  return line;
}
