import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { roomLine, type Visitor } from '#platform/client/rooms.ts';

/** Looks of others’ cursors, by turns; see note-editor.css. */
const looks = 6;

interface CursorOptions {
  doc: Y.Doc;
  org: string;
  noteId: string;
  /** Told who else has their cursor in the text. */
  onOthers: (visitors: readonly Visitor[]) => void;
}

/**
 * Shows where others write. Positions travel as states of the note’s room, which says whose they are: what a window says
 * of itself doesn’t name anybody.
 */
export const NoteCursors = Extension.create<CursorOptions, { awareness: Awareness | null }>({
  name: 'noteCursors',
  addStorage: () => ({ awareness: null }),
  // With the editor and not with a plugin's view: those are made anew whenever the editor's plugins change.
  onDestroy() {
    this.storage.awareness?.destroy();
  },
  addProseMirrorPlugins() {
    const awareness = new Awareness(this.options.doc);
    this.storage.awareness = awareness;
    return [
      yCursorPlugin(awareness, {
        cursorBuilder: (user: { name?: unknown; look?: unknown }) => cursorOf(String(user.name), Number(user.look)),
        selectionBuilder: (user: { look?: unknown }) => ({ class: `note-selection note-look-${Number(user.look)}` }),
      }),
      meetingPlugin(awareness, this.options),
    ];
  },
});

/** Carries positions between the editor and the room, for as long as the editor stands. */
function meetingPlugin(awareness: Awareness, { doc, org, noteId, onOthers }: CursorOptions): Plugin {
  return new Plugin({
    view() {
      const show = (visitors: readonly Visitor[]) => {
        const there = visitors.filter(({ state }) => state['cursor']);
        for (const client of awareness.states.keys()) if (client !== doc.clientID) awareness.states.delete(client);
        there.forEach(({ person, state }, index) => {
          const cursor = parsed(state['cursor']);
          // Numbers below any that Yjs draws: the window’s own isn’t among them.
          if (cursor)
            awareness.states.set(-1 - index, { cursor, user: { name: person.name, look: lookOf(person.id) } });
        });
        awareness.emit('change', [{ added: [], updated: [], removed: [] }, 'room']);
        onOthers(there);
      };
      const room = roomLine(org).enter(`notes/${noteId}`, {}, { others: show });
      const say = (_: unknown, origin: unknown) => {
        if (origin === 'room') return;
        const cursor: unknown = awareness.getLocalState()?.['cursor'];
        room.say(cursor ? { cursor: JSON.stringify(cursor) } : {});
      };
      awareness.on('change', say);
      return {
        destroy() {
          awareness.off('change', say);
          room.leave();
        },
      };
    },
  });
}

/** What another window says of itself, as far as it is a position. */
function parsed(cursor: string | undefined): { anchor: object; head: object } | undefined {
  try {
    const value: unknown = JSON.parse(cursor ?? '');
    if (!isRecord(value) || !isPosition(value['anchor']) || !isPosition(value['head'])) return undefined;
    return { anchor: value['anchor'], head: value['head'] };
  } catch {
    return undefined;
  }
}

/** Ids of Yjs are a client and its clock; a position has one, or the name of what it is in. */
function isPosition(value: unknown): value is object {
  if (!isRecord(value)) return false;
  const isId = (id: unknown) =>
    id === undefined ||
    id === null ||
    (isRecord(id) && Number.isInteger(id['client']) && Number.isInteger(id['clock']));
  const { tname } = value;
  const named = tname === undefined || tname === null || tname === 'text';
  return isId(value['type']) && isId(value['item']) && named;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The same for a person wherever they are seen. */
function lookOf(id: string): number {
  let sum = 7;
  for (let at = 0; at < id.length; at++) sum = (sum * 31 + id.charCodeAt(at)) % 997;
  return sum % looks;
}

function cursorOf(name: string, look: number): HTMLElement {
  const cursor = document.createElement('span');
  cursor.className = `note-cursor note-look-${look}`;
  const label = document.createElement('span');
  label.className = 'note-cursor-name';
  label.textContent = name;
  // A text that isn’t the note’s: programs that read aloud, and copying, pass over it.
  cursor.setAttribute('aria-hidden', 'true');
  cursor.append('\u2060', label, '\u2060');
  return cursor;
}
