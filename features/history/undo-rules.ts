/** A table whose changes can be taken back row by row: nothing hangs on them that a command would have to do. */
export interface Undoable {
  /** Whoever may write it may undo it. */
  permission: string;
  /** As in “You aren't allowed to …”. */
  may: string;
  /** Tables that go with a row of it, with the column that refers to it. */
  children?: Readonly<Record<string, string>>;
  /** Columns that follow from others by a trigger. */
  derived?: readonly string[];
  /** While this column is set, the others stay: what was paid was so much. */
  settled?: string;
}

const travel = { permission: 'travel.write', may: 'plan travel and hotels' } as const;
const setlists = { permission: 'setlists.write', may: 'change setlists' } as const;

export const undoableRows: Readonly<Record<string, Undoable>> = {
  engagement_parties: { permission: 'engagements.write', may: 'change whose contacts are on an engagement' },
  engagement_people: { permission: 'people.write', may: 'put people on an engagement' },
  tasks: {
    permission: 'tasks.write',
    may: 'change tasks',
    children: { task_steps: 'task_id' },
    derived: ['due_at', 'remind_at', 'reminded_at'],
  },
  guests: { permission: 'guests.approve', may: 'decide about guests' },
  guest_allotments: { permission: 'guests.allot', may: 'give places away', children: { guests: 'allotment_id' } },
  setlist_sets: { ...setlists, children: { setlist_entries: 'set_id' } },
  setlist_entries: setlists,
  travel_legs: { ...travel, children: { travellers: 'leg_id' } },
  travellers: travel,
  // In this order: a sleeper needs their room.
  hotel_stays: { ...travel, children: { hotel_rooms: 'hotel_id', room_sleepers: 'hotel_id' } },
  hotel_rooms: { ...travel, children: { room_sleepers: 'room_id' } },
  room_sleepers: travel,
  per_diems: { permission: 'travel.money', may: 'set per diems', settled: 'paid_at' },
};

/** What somebody must be allowed to for undoing a change of a table; undefined where nothing of it can be undone. */
export function undoPermission(entity: string): string | undefined {
  if (entity === 'engagements') return 'engagements.write';
  if (entity === 'engagement_details') return 'details.write';
  if (entity === 'claims') return 'claims.hold';
  if (entity === 'schedule_items') return 'timeline.write';
  return undoableRows[entity]?.permission;
}
