/** What of a table may be told in the stream of activity, and to whom. */
interface Told {
  /** Whoever has it sees the table's rows anyway. */
  permission: string;
  /** Columns with what they hold. */
  shown: readonly string[];
  /** Columns of which it is told that they changed, not to what. */
  named?: readonly string[];
}

interface Part {
  label: string;
  tables: Readonly<Record<string, Told>>;
}

const travel = 'travel.read';

/** The parts of a dossier, as its tabs. Tables that aren't here are told nowhere but in the audit trail. */
export const activityParts = {
  overview: {
    label: 'Overview',
    tables: {
      engagements: {
        permission: 'engagements.read',
        shown: ['title', 'starts_at', 'ends_at', 'place_id', 'series_id', 'zone'],
        named: ['notes', 'external_ref'],
      },
      stage_decisions: { permission: 'engagements.read', shown: ['from_stage', 'to_stage', 'reason'] },
      engagement_parties: { permission: 'engagements.read', shown: ['party_id', 'role'] },
      engagement_details: { permission: 'details.read', shown: ['key'], named: ['value'] },
    },
  },
  schedule: {
    label: 'Schedule',
    tables: {
      schedule_items: {
        permission: 'timeline.read',
        shown: ['kind', 'title', 'starts_at', 'ends_at', 'place_id', 'dress'],
        named: ['notes'],
      },
    },
  },
  people: {
    label: 'People',
    tables: {
      engagement_people: {
        permission: 'people.read',
        shown: ['resource_id', 'party_id', 'role', 'confirmed_at'],
        named: ['call_note', 'group_key', 'stands_in_for'],
      },
      claims: {
        permission: 'claims.read',
        shown: ['resource_id', 'status', 'rank', 'starts_at', 'ends_at', 'units', 'expires_at'],
        named: ['note'],
      },
      challenges: { permission: 'claims.read', shown: ['claim_id'] },
      needs: { permission: 'needs.read', shown: ['title', 'quantity', 'dropped_at'], named: ['notes'] },
      cascades: { permission: 'calls.read', shown: ['state', 'need_id'] },
      calls: { permission: 'calls.read', shown: ['resource_id', 'state'] },
      attendances: { permission: 'attendance.read', shown: ['resource_id', 'status'] },
    },
  },
  tasks: {
    label: 'Tasks',
    tables: {
      tasks: {
        permission: 'tasks.read',
        shown: ['title', 'done_at', 'due_on', 'assignee_id'],
        named: ['notes', 'assignee_user_id'],
      },
    },
  },
  notes: {
    label: 'Notes',
    tables: { notes: { permission: 'notes.read', shown: ['title', 'removed_at'], named: ['body', 'visibility'] } },
  },
  guests: {
    label: 'Guests',
    tables: {
      guests: {
        permission: 'guests.read',
        shown: ['first_name', 'last_name', 'plus', 'state', 'arrived'],
        named: ['pass_type', 'note'],
      },
      guest_allotments: { permission: 'guests.read', shown: ['name', 'places'] },
      guest_lists: { permission: 'guests.read', shown: ['closes_at'], named: ['pickup', 'tell_guests'] },
    },
  },
  setlist: {
    label: 'Setlist',
    tables: {
      setlist_sets: { permission: 'setlists.read', shown: ['name', 'slot_minutes'] },
      setlist_entries: {
        permission: 'setlists.read',
        shown: ['song_id', 'title', 'kind', 'played', 'set_id'],
        named: ['sort', 'notes', 'song_key', 'seconds', 'song_version_id'],
      },
    },
  },
  travel: {
    label: 'Travel',
    tables: {
      travel_legs: {
        permission: travel,
        shown: [
          'mode',
          'carrier',
          'number',
          'from_name',
          'from_zone',
          'to_name',
          'to_zone',
          'departs_at',
          'arrives_at',
          'confirmed',
        ],
        named: ['notes'],
      },
      travellers: { permission: travel, shown: ['leg_id', 'person_id', 'seat'] },
      hotel_stays: {
        permission: travel,
        shown: ['name', 'check_in_on', 'check_out_on', 'confirmed'],
        named: ['address', 'phone', 'notes'],
      },
      hotel_rooms: { permission: travel, shown: ['kind', 'label', 'hotel_id'] },
      room_sleepers: { permission: travel, shown: ['person_id', 'room_id', 'hotel_id'] },
      per_diems: {
        permission: 'travel.money',
        shown: ['person_id', 'day', 'paid_at'],
        named: ['amount_minor', 'currency'],
      },
    },
  },
  advance: {
    label: 'Advance',
    tables: {
      advance_items: { permission: 'advance.read', shown: ['title', 'state'], named: ['answer', 'hint'] },
      advance_links: { permission: 'advance.read', shown: ['name', 'sent_at', 'revoked_at'] },
      advance_comments: { permission: 'advance.read', shown: ['item_id'], named: ['body'] },
    },
  },
  files: {
    label: 'Files',
    tables: {
      files: { permission: 'files.read', shown: ['name', 'trashed_at', 'shared', 'folder_id'] },
      folders: { permission: 'files.read', shown: ['name'] },
    },
  },
  pay: {
    label: 'Pay',
    tables: {
      pay_sheets: { permission: 'pay.read', shown: ['revision', 'scale_name'] },
      pay_adjustments: { permission: 'pay.read', shown: ['resource_id'], named: ['amount_minor', 'reason'] },
    },
  },
} as const satisfies Record<string, Part>;

export type ActivityPart = keyof typeof activityParts;

/** Tables of an engagement whose changes are told by others, or to nobody but readers of the audit trail. */
export const untold: Readonly<Record<string, string>> = {
  seats: 'hundreds of rows that claims and calls tell better',
  call_services: 'told by the call',
  call_questions: 'between two people',
  service_reports: 'told by attendance',
  pay_choices: 'a setting of the pay sheet',
  feeds: 'somebody’s own subscription',
  inquiries: 'has a record of its own in the inbox',
  follow_ups: 'somebody’s own plan with a contact',
  comments: 'read where they are written',
};

const parts: readonly (readonly [string, Part])[] = Object.entries(activityParts);

/** The table as it may be told; undefined where it may not. */
export function toldTable(entity: string): Told | undefined {
  for (const [, { tables }] of parts) if (Object.hasOwn(tables, entity)) return tables[entity];
  return undefined;
}

/** The part that a table belongs to. */
export function partOf(entity: string): ActivityPart {
  for (const name of partNames) if (Object.hasOwn(activityParts[name].tables, entity)) return name;
  return 'overview';
}

export const partNames = Object.keys(activityParts).filter((name): name is ActivityPart =>
  Object.hasOwn(activityParts, name),
);

/** Tables that somebody may be told of, of one part or of all. */
export function tablesFor(can: (permission: string) => boolean, part?: ActivityPart): string[] {
  return parts
    .filter(([name]) => part === undefined || name === part)
    .flatMap(([, { tables }]) => Object.entries(tables))
    .filter(([, { permission }]) => can(permission))
    .map(([entity]) => entity);
}

/** Every table that is told of: what shows activity looks again when one of them changes. */
export const toldTables = tablesFor(() => true);

type Fields = Readonly<Record<string, unknown>> | null;

/** A side of a change, by fields: what may be shown as it is, of what is merely named nothing but the name. */
export function toldFields(entity: string, fields: Fields, fieldOf: (column: string) => string): Fields {
  const told = toldTable(entity);
  if (!fields || !told) return null;
  const shown = told.shown.map(fieldOf).filter((field) => field in fields);
  const named = (told.named ?? []).map(fieldOf).filter((field) => field in fields);
  return Object.fromEntries([
    ...shown.map((field) => [field, fields[field]] as const),
    ...named.map((field) => [field, null] as const),
  ]);
}

interface Happened {
  at: string;
  actor: string;
  engagementId: string | null;
}

/** What one person did to one engagement within a minute, in the order given. */
export interface Moment<H extends Happened> {
  actor: string;
  engagementId: string | null;
  /** Of the first. */
  at: string;
  items: H[];
}

/** Neighbours of the same person, engagement and minute belong together; nothing moves and nothing is lost. */
export function momentsOf<H extends Happened>(items: readonly H[]): Moment<H>[] {
  const moments: Moment<H>[] = [];
  for (const item of items) {
    const last = moments.at(-1);
    const together =
      last &&
      last.actor === item.actor &&
      last.engagementId === item.engagementId &&
      last.at.slice(0, 16) === item.at.slice(0, 16);
    if (together) last.items.push(item);
    else moments.push({ actor: item.actor, engagementId: item.engagementId, at: item.at, items: [item] });
  }
  return moments;
}
