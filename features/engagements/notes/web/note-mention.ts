import { Mention } from '@tiptap/extension-mention';

export interface Mentionable {
  id: string;
  label: string;
}

/** What an @ in the text offers just now. */
export interface MentionList {
  people: readonly Mentionable[];
  chosen: number;
  /** Where the @ stands on the screen. */
  place: DOMRect | null;
  choose: (person: Mentionable) => void;
}

const shownAtMost = 8;

/** Mentions of members. The list is drawn by whoever is told of it; keys stay in the text. */
export function noteMention(people: () => Promise<readonly Mentionable[]>, show: (list: MentionList | null) => void) {
  let list: MentionList | null = null;
  const set = (next: MentionList | null) => {
    list = next;
    show(next && next.people.length > 0 ? next : null);
  };
  return Mention.extend({
    // Its own look comes with the class: no styles of the library’s.
    parseHTML: () => [{ tag: 'span[data-type="mention"]' }],
  }).configure({
    HTMLAttributes: { class: 'note-mention' },
    suggestion: {
      char: '@',
      items: async ({ query }) => {
        const wanted = query.toLocaleLowerCase();
        const all = await people().catch(() => []);
        return all.filter(({ label }) => label.toLocaleLowerCase().includes(wanted)).slice(0, shownAtMost);
      },
      render: () => ({
        onStart: ({ items, command, clientRect }) =>
          set({ people: items, chosen: 0, place: clientRect?.() ?? null, choose: command }),
        onUpdate: ({ items, command, clientRect }) =>
          set({ people: items, chosen: 0, place: clientRect?.() ?? null, choose: command }),
        onKeyDown: ({ event }) => {
          if (!list || list.people.length === 0) return false;
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (step !== 0) {
            set({ ...list, chosen: (list.chosen + step + list.people.length) % list.people.length });
            return true;
          }
          const person = list.people[list.chosen];
          if (!person || !['Enter', 'Tab'].includes(event.key)) return false;
          list.choose(person);
          return true;
        },
        onExit: () => set(null),
      }),
    },
  });
}
