import { advanceKinds } from './advance-kinds.ts';
import { callKinds } from './call-kinds.ts';
import { inquiryKinds } from './inquiry-kinds.ts';

/** A kind of message that people get, with the wording that holds until an organisation writes its own. */
export interface MessageKind {
  kind: string;
  /** For those who edit it: when it is sent. */
  title: string;
  /** What the wording may use, as `{{name}}`, with an example for the preview. Lines of a value stay lines. */
  variables: Readonly<Record<string, { means: string; example: string }>>;
  subject: string;
  /** Paragraphs with an empty line between them. */
  body: string;
  /** Words of the button, where the message leads somewhere. */
  button: string | null;
  /** The reader may stop it: everything but what they asked for or must know. */
  unsubscribe: boolean;
}

const personName = { means: 'The reader’s name', example: 'Ann Example' };

const serviceVariables = {
  'engagement.title': { means: 'What it belongs to', example: 'Mahler 5' },
  'service.name': { means: 'The service', example: 'Dress rehearsal' },
  'service.when': {
    means: 'Its time by the clock of its place',
    example: 'Sat 2 May 2026, 10:00–12:30 (Europe/Berlin)',
  },
  'service.place': { means: 'Its place; may be empty', example: 'Great Hall' },
  'service.dress': { means: 'What to wear; may be empty', example: 'Black' },
};

export const messageKinds = {
  notice: {
    kind: 'notice',
    title: 'A notice about a hold, a call or a task, to members who want it by mail at once',
    variables: {
      'person.name': personName,
      'notice.text': {
        means: 'What happened',
        example: 'Your hold on Great Hall, Sat 2 May 2026 19:30–22:00, is now the 1st.',
      },
    },
    subject: 'News for you',
    body: 'Hello {{person.name}},\n\n{{notice.text}}',
    button: 'Open in Holdfast',
    unsubscribe: true,
  },
  digest: {
    kind: 'digest',
    title: 'The day’s unread notices, to members who want them once a day',
    variables: {
      'person.name': personName,
      'digest.count': { means: 'How many notices', example: '2' },
      'digest.notices': {
        means: 'The notices, a line each',
        example:
          'Your hold on Great Hall, Sat 2 May 2026 19:30–22:00, is now the 1st.\nYour hold on Studio 2 was released.',
      },
    },
    subject: 'Unread notices: {{digest.count}}',
    body: 'Hello {{person.name}},\n\nthis is what you have not read yet:\n\n{{digest.notices}}',
    button: 'Open in Holdfast',
    unsubscribe: true,
  },
  service_changed: {
    kind: 'service_changed',
    title: 'Another time, place or dress of a service, to everybody who has a seat there',
    variables: {
      'person.name': personName,
      ...serviceVariables,
      'service.changes': {
        means: 'What is different, a line each',
        example:
          'Time: Sat 2 May 2026, 11:00–13:30 (Europe/Berlin); it was Sat 2 May 2026, 10:00–12:30 (Europe/Berlin)\nDress: Black; it was not said',
      },
    },
    subject: 'Changed: {{service.name}}, {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nsomething changed for **{{service.name}}** of {{engagement.title}}, where you have a seat:\n\n{{service.changes}}\n\nIf that is not possible for you, answer this mail soon, please.',
    button: null,
    unsubscribe: false,
  },
  service_cancelled: {
    kind: 'service_cancelled',
    title: 'A service that does not take place, to everybody who had a seat there',
    variables: { 'person.name': personName, ...serviceVariables },
    subject: 'Cancelled: {{service.name}}, {{engagement.title}}',
    body: 'Hello {{person.name}},\n\n**{{service.name}}** of {{engagement.title}} does not take place:\n\n{{service.when}}\n\nYour time is free again.',
    button: null,
    unsubscribe: false,
  },
  ...callKinds,
  ...advanceKinds,
  ...inquiryKinds,
  day_sheet: {
    kind: 'day_sheet',
    title: 'Somebody’s own day sheet, when the office sends it',
    variables: {
      'person.name': personName,
      'engagement.title': { means: 'What it is for', example: 'Mahler 5' },
      day: { means: 'The day', example: 'Thursday 14 May 2026' },
      place: { means: 'Where, with the address', example: 'Great Hall\n1 Main Street, Hamburg' },
      times: {
        means: 'When the reader is wanted, a line each',
        example: '10:00 – 12:30  Dress rehearsal\n19:30 – 22:00  Concert (Dress: black)',
      },
      note: { means: 'A few words of who sends it', example: 'Parking is behind the hall.' },
    },
    subject: '{{day}}: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nthis is your day with **{{engagement.title}}**, {{day}}:\n\n{{note}}\n\n{{place}}\n\n{{times}}\n\nThe day sheet behind the button always shows what holds now. It is yours alone, needs no sign-in, and ends three days after the day.',
    button: 'Open your day sheet',
    unsubscribe: false,
  },
  guest_approved: {
    kind: 'guest_approved',
    title: 'To a guest who is on the list now, where the guest list says that guests are told',
    variables: {
      'person.name': personName,
      'guest.places': { means: 'How many come in on this name', example: 'for you and 1 more' },
      'guest.pickup': { means: 'Where their pass waits', example: 'Box office, under your surname' },
      'engagement.title': { means: 'What it is', example: 'Mahler Nine' },
      'engagement.time': { means: 'When it is', example: 'Sat 2 May 2026 19:30–22:00' },
      'engagement.place': { means: 'Where it is', example: 'Great Hall' },
    },
    subject: 'You are on the guest list: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nthere is a place {{guest.places}} on the guest list of **{{engagement.title}}**.\n\n{{engagement.time}}\n{{engagement.place}}\nYour pass: {{guest.pickup}}\n\nPlease bring something with your name on it.',
    button: null,
    unsubscribe: false,
  },
} as const satisfies Readonly<Record<string, MessageKind>>;

export type MessageKindName = keyof typeof messageKinds;

const byName: ReadonlyMap<string, MessageKind> = new Map(Object.entries(messageKinds));

/** By a name from a row or an address; undefined when there is no such kind (any more). */
export function kindNamed(name: string): MessageKind | undefined {
  return byName.get(name);
}

/** Kinds that a reader may stop. */
export const stoppableKinds: readonly string[] = [...byName.values()]
  .filter(({ unsubscribe }) => unsubscribe)
  .map(({ kind }) => kind);
