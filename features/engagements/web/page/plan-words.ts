import { formatTime } from '#platform/time/format.ts';
import { dayOf, has, named, plain, said, spaced, type Fields, type Telling, type Words } from './dossier-telling.ts';

const task = named('task', 'a');
const note = named('note', 'a');
const guest = ({ called, row }: Pick<Telling, 'called' | 'row'>) =>
  called ?? ([said(row['firstName']), said(row['lastName'])].filter(Boolean).join(' ') || 'a guest');
const file = named('file', 'a', 'name');
const item = named('advance item', 'an');

/** Tasks, notes, guests, the setlist, files and the advance. */
export const planWords: Readonly<Record<string, Words>> = {
  tasks: plain(task, ({ after, called }) =>
    [
      'doneAt' in after
        ? `${after['doneAt'] ? 'ticked' : 'opened'} ${task({ called, row: {} })}${after['doneAt'] ? '' : ' again'}`
        : '',
      'title' in after ? `renamed a task to “${said(after['title'])}”` : '',
      'dueOn' in after
        ? `${after['dueOn'] ? `made ${task({ called, row: {} })} due on ${dayOf(after['dueOn'])}` : `took the date of ${task({ called, row: {} })} away`}`
        : '',
      has(after, 'assigneeId', 'assigneeUserId') ? `gave ${task({ called, row: {} })} to somebody else` : '',
      'notes' in after ? `wrote about ${task({ called, row: {} })}` : '',
    ].filter(Boolean),
  ),
  notes: plain(note, ({ after, called }) =>
    [
      'removedAt' in after ? `${after['removedAt'] ? 'removed' : 'restored'} ${note({ called, row: {} })}` : '',
      'title' in after ? `renamed a note to “${said(after['title'])}”` : '',
      'body' in after ? `wrote in ${note({ called, row: {} })}` : '',
      'visibility' in after ? `changed who reads ${note({ called, row: {} })}` : '',
    ].filter(Boolean),
  ),
  guests: {
    added: (told) =>
      `${told.row['state'] === 'approved' ? 'put' : 'asked for'} ${guest(told)}${plus(told.row)}${told.row['state'] === 'approved' ? ' on the guest list' : ' as a guest'}`,
    removed: (told) => `took ${guest(told)} off the guest list`,
    changed: ({ after, before, called }) => {
      const who = guest({ called, row: {} });
      return [
        after['state'] === 'approved' ? `approved ${who}` : '',
        after['state'] === 'declined' ? `declined ${who}` : '',
        after['state'] === 'requested' ? `took the decision on ${who} back` : '',
        'arrived' in after ? arrival(who, Number(before['arrived'] ?? 0), Number(after['arrived'])) : '',
        'plus' in after ? `lets ${who} bring ${said(after['plus'])}` : '',
        has(after, 'firstName', 'lastName', 'passType', 'note') ? `changed ${who} on the guest list` : '',
      ];
    },
  },
  guest_allotments: plain(named('allotment', 'an', 'name'), ({ after, called }) =>
    'places' in after ? [`gave ${called ?? 'an allotment'} ${said(after['places'])} places`] : [],
  ),
  guest_lists: {
    added: () => 'set up the guest list',
    removed: () => 'took what holds for the guest list back',
    changed: ({ after, zone }) => [
      'closesAt' in after
        ? after['closesAt']
          ? `closes the guest list ${formatTime(said(after['closesAt']), zone, 'dateTime')}`
          : 'opened the guest list without an end'
        : has(after, 'pickup', 'tellGuests')
          ? 'changed what holds for the guest list'
          : '',
    ],
  },
  setlist_sets: plain(named('set', 'a', 'name')),
  setlist_entries: {
    added: (told) => `put ${entry(told)} on the setlist`,
    removed: (told) => `took ${entry(told)} off the setlist`,
    changed: (told) => {
      const { after } = told;
      return [
        'played' in after
          ? after['played'] === 'played'
            ? `ticked ${entry(told)} as played`
            : after['played'] === 'skipped'
              ? `skipped ${entry(told)}`
              : `took back what was played of ${entry(told)}`
          : '',
        has(after, 'sort', 'setId') ? `moved ${entry(told)} on the setlist` : '',
        has(after, 'notes', 'songKey', 'seconds', 'songVersionId', 'title')
          ? `changed ${entry(told)} on the setlist`
          : '',
      ];
    },
  },
  files: plain(file, ({ after, before, called }) =>
    [
      'trashedAt' in after
        ? `put ${file({ called, row: {} })} ${after['trashedAt'] ? 'into' : 'back from'} the trash`
        : '',
      'name' in after ? `renamed “${said(before['name'])}” to “${said(after['name'])}”` : '',
      'folderId' in after ? `moved ${file({ called, row: {} })}` : '',
      'shared' in after ? `${after['shared'] ? 'shared' : 'no longer shares'} ${file({ called, row: {} })}` : '',
    ].filter(Boolean),
  ),
  folders: plain(named('folder', 'a', 'name')),
  advance_items: plain(item, ({ after, called }) =>
    [
      'state' in after ? `made ${item({ called, row: {} })} ${spaced(after['state'])}` : '',
      'answer' in after ? `answered ${item({ called, row: {} })}` : '',
    ].filter(Boolean),
  ),
  advance_links: {
    added: ({ called }) => `sent the advance to ${called ?? 'the other side'}`,
    removed: ({ called }) => `removed the link of ${called ?? 'the other side'}`,
    changed: ({ after, called }) => [
      after['revokedAt'] ? `ended the link of ${called ?? 'the other side'}` : '',
      after['sentAt'] ? `sent the advance to ${called ?? 'the other side'} again` : '',
    ],
  },
  advance_comments: {
    added: ({ row, name }) => `wrote about ${name(row['itemId']) ? `“${name(row['itemId']) ?? ''}”` : 'the advance'}`,
    removed: () => 'removed a comment of the advance',
    changed: () => [],
  },
};

function plus(row: Fields): string {
  return Number(row['plus']) > 0 ? ` +${said(row['plus'])}` : '';
}

function arrival(who: string, before: number, after: number): string {
  if (after > before) return `checked ${who} in`;
  return after < before ? `took the check-in of ${who} back` : '';
}

function entry({ called, row, name }: Telling): string {
  return called ? `“${called}”` : name(row['songId']) ? `“${name(row['songId']) ?? ''}”` : 'an entry';
}
