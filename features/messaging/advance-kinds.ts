import type { MessageKind } from './kinds.ts';

const shared = {
  'person.name': { means: 'The reader’s name', example: 'Vera Venue' },
  'engagement.title': { means: 'What it is for', example: 'The Long Players, club show' },
  'engagement.time': { means: 'When it is', example: 'Sat 2 May 2026, 19:30–22:00 (Europe/Berlin)' },
  'engagement.place': { means: 'Where it is; may be empty', example: 'Great Hall' },
  'advance.due': { means: 'The day on which answers are wanted', example: 'Saturday 18 April' },
} as const;

/** What the other side of an engagement gets: people at a venue, promoters, customers. */
export const advanceKinds = {
  advance: {
    kind: 'advance',
    title: 'The advance: what is to be settled before the day, to somebody of the other side',
    variables: {
      ...shared,
      'advance.message': {
        means: 'A few words of who sends it; may be empty',
        example: 'We look forward to it! Please pass on what is not yours to answer.',
      },
    },
    subject: 'Advance: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nthis is our advance for **{{engagement.title}}**:\n\n{{engagement.time}}\n{{engagement.place}}\n\n{{advance.message}}\n\nPlease fill in what you can by **{{advance.due}}**. You can come back as often as you like: each answer is saved at once. The page needs no sign-in; the link is yours.',
    button: 'Open the advance',
    unsubscribe: false,
  },
  advance_reminder: {
    kind: 'advance_reminder',
    title: 'A reminder of an advance in which answers of the other side are missing',
    variables: {
      ...shared,
      'advance.open': { means: 'What is still open, a line each', example: '• Load-in\n• Parking\nand 3 more' },
    },
    subject: 'Still open: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nfor **{{engagement.title}}**, {{engagement.time}}, these answers are still missing:\n\n{{advance.open}}\n\nWe would be glad to have them by {{advance.due}}, or as soon as you can.',
    button: 'Open the advance',
    unsubscribe: true,
  },
} as const satisfies Readonly<Record<string, MessageKind>>;
