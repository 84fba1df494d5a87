import * as Y from 'yjs';
import { ApiError } from '#platform/client/client.ts';
import { roomLine } from '#platform/client/rooms.ts';
import { notesApi } from './note-queries.ts';

/** What is typed is gathered so long before it is sent, in milliseconds. */
const gather = 200;
const longestWait = 15_000;
/** Origin of what came from the server: it isn't sent back. */
const fromServer = 'server';

/**
 * - `unsent`: the server couldn't be reached; it is tried again.
 * - `refused`: the server won't have it; the next edit is a new try.
 */
export type SyncState = 'loading' | 'saved' | 'saving' | 'unsent' | 'refused' | 'failed';

export interface SyncLook {
  state: SyncState;
  error: unknown;
}

/**
 * One note's document in this window: sends what is typed here and merges what others type. What can't be sent waits
 * here and goes out later, also when the note was left meanwhile.
 */
export class NoteSync {
  readonly doc = new Y.Doc();
  readonly #org: string;
  readonly #id: string;
  readonly #room: { leave: () => void };
  readonly #listeners = new Set<() => void>();
  #look: SyncLook = { state: 'loading', error: null };
  #number = 0;
  #unsent: Uint8Array[] = [];
  #sending = false;
  #pulling: Promise<void> | undefined;
  #pullAgain = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = false;

  constructor(org: string, id: string) {
    this.#org = org;
    this.#id = id;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === fromServer) return;
      this.#unsent.push(update);
      this.#show({ state: this.#failures > 0 ? 'unsent' : 'saving', error: null });
      if (this.#failures === 0) this.#sendIn(gather);
    });
    this.#room = roomLine(org).enter(
      `notes/${id}`,
      {},
      {
        told: (data) => {
          if (numberIn(data) > this.#number) void this.pull();
        },
        entered: () => {
          void this.pull();
          if (this.#unsent.length > 0) this.#sendIn(0);
        },
      },
    );
    window.addEventListener('online', this.#retry);
    window.addEventListener('beforeunload', this.#warn);
    void this.pull();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  look = (): SyncLook => this.#look;

  /** Whether something that was typed here is still nowhere else. */
  get pending(): boolean {
    return this.#unsent.length > 0 || this.#sending;
  }

  /** The note is left; the document stays until everything is sent. */
  leave(): void {
    this.#left = true;
    if (this.#unsent.length > 0) this.#sendIn(0);
    else this.#endWhenDone();
  }

  /** Opened again before everything was sent. */
  comeBack(): void {
    this.#left = false;
  }

  get ended(): boolean {
    return this.doc.isDestroyed;
  }

  /** Fetches what others wrote; a call during one makes it fetch once more. */
  pull = (): Promise<void> => {
    if (this.#pulling) {
      this.#pullAgain = true;
      return this.#pulling;
    }
    this.#pulling = this.#pullOn().finally(() => {
      this.#pulling = undefined;
      if (this.#pullAgain) {
        this.#pullAgain = false;
        void this.pull();
      }
    });
    return this.#pulling;
  };

  async #pullOn(): Promise<void> {
    try {
      const query = { after: this.#number };
      this.#take(await notesApi.document({ org: this.#org, params: { id: this.#id }, query }));
      if (this.#look.state === 'loading' || this.#look.state === 'failed') this.#show({ state: 'saved', error: null });
    } catch (error) {
      // Once it stands here, being away for a while is no failure.
      if (this.#number === 0 && this.#look.state === 'loading') this.#show({ state: 'failed', error });
      if (isGone(error)) this.#show({ state: 'refused', error });
    }
  }

  #take({ number, update }: { number: number; update: string }): void {
    if (update) Y.applyUpdate(this.doc, bytesOf(update), fromServer);
    this.#number = Math.max(this.#number, number);
  }

  #sendIn(wait: number): void {
    if (this.#sending) return;
    if (wait === 0) clearTimeout(this.#timer);
    else if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, wait);
  }

  async #send(): Promise<void> {
    if (this.#sending || this.#unsent.length === 0) return;
    this.#sending = true;
    const batch = Y.mergeUpdates(this.#unsent.splice(0));
    const failure = await this.#post(batch).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    this.#sending = false;
    if (failure) {
      this.#unsent.unshift(batch);
      return this.#failedWith(failure.error);
    }
    this.#failures = 0;
    if (this.#unsent.length > 0) return this.#sendIn(gather);
    this.#show({ state: 'saved', error: null });
    this.#endWhenDone();
  }

  async #post(batch: Uint8Array): Promise<void> {
    try {
      this.#take(await this.#write(batch));
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'note_behind')) throw error;
      // The server lacks what this builds on: it gets everything that it doesn't have.
      const params = { id: this.#id };
      const theirs = await notesApi.document({ org: this.#org, params, query: { after: 0 } });
      this.#take(theirs);
      this.#take(
        await this.#write(Y.encodeStateAsUpdate(this.doc, Y.encodeStateVectorFromUpdate(bytesOf(theirs.update)))),
      );
    }
  }

  #write(update: Uint8Array) {
    const body = { after: this.#number, update: base64Of(update) };
    return notesApi.write({ org: this.#org, params: { id: this.#id }, body });
  }

  #failedWith(error: unknown): void {
    const refused = error instanceof ApiError && error.status < 500 && ![401, 408, 429].includes(error.status);
    this.#show({ state: refused ? 'refused' : 'unsent', error });
    if (refused) return;
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sendIn(Math.min(longestWait, 500 * 2 ** this.#failures));
  }

  #retry = (): void => {
    if (this.#unsent.length > 0) this.#sendIn(0);
  };

  #warn = (event: BeforeUnloadEvent): void => {
    if (!this.pending) return;
    this.#sendIn(0);
    event.preventDefault();
  };

  #endWhenDone(): void {
    if (!this.#left || this.pending) return;
    clearTimeout(this.#timer);
    this.#room.leave();
    window.removeEventListener('online', this.#retry);
    window.removeEventListener('beforeunload', this.#warn);
    this.doc.destroy();
  }

  #show(look: SyncLook): void {
    this.#look = look;
    for (const listener of this.#listeners) listener();
  }
}

function numberIn(data: unknown): number {
  return typeof data === 'object' && data !== null && 'number' in data ? Number(data.number) : 0;
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // By pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

const open = new Map<string, NoteSync>();

/** The document of a note in this window. Whoever opens it leaves it again. */
export function openNote(org: string, id: string): NoteSync {
  const key = `${org}/${id}`;
  const known = open.get(key);
  if (known && !known.ended) {
    known.comeBack();
    return known;
  }
  const sync = new NoteSync(org, id);
  open.set(key, sync);
  return sync;
}
