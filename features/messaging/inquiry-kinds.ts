import type { MessageKind } from './kinds.ts';

const variables = {
  'person.name': { means: 'Who asked', example: 'Ann Example' },
  'inquiry.title': { means: 'What they asked for', example: 'Summer party' },
  'inquiry.when': {
    means: 'The time they asked for; may be empty',
    example: 'Sat 2 May 2026 19:30–22:00 (Europe/Berlin)',
  },
  'inquiry.words': {
    means: 'What the office says; may be empty',
    example: 'How many guests do you expect for dinner?',
  },
} as const;

/** What people get who asked for something by a form, or whose request the office entered. */
export const inquiryKinds = {
  inquiry_received: {
    kind: 'inquiry_received',
    title: 'To somebody who has sent a request, with the link to its page',
    variables,
    subject: 'We have your request: {{inquiry.title}}',
    body: 'Hello {{person.name}},\n\nthank you for your request, **{{inquiry.title}}**. It has arrived, and we will get back to you.\n\n{{inquiry.when}}\n\n{{inquiry.words}}\n\nOn its page you can always see how it stands, add something, or take it back. The link is yours alone and needs no sign-in.',
    button: 'See your request',
    unsubscribe: false,
  },
  inquiry_question: {
    kind: 'inquiry_question',
    title: 'A question to somebody about their request',
    variables,
    subject: 'A question about your request: {{inquiry.title}}',
    body: 'Hello {{person.name}},\n\nabout your request, **{{inquiry.title}}**:\n\n{{inquiry.words}}\n\nPlease answer on the page of your request.',
    button: 'Answer',
    unsubscribe: false,
  },
  inquiry_approved: {
    kind: 'inquiry_approved',
    title: 'A yes to somebody’s request',
    variables,
    subject: 'Yes to {{inquiry.title}}',
    body: 'Hello {{person.name}},\n\nabout your request, **{{inquiry.title}}**:\n\n{{inquiry.when}}\n\n{{inquiry.words}}',
    button: 'See your request',
    unsubscribe: false,
  },
  inquiry_declined: {
    kind: 'inquiry_declined',
    title: 'A no to somebody’s request, in the words of who decided',
    variables,
    subject: 'About your request: {{inquiry.title}}',
    body: 'Hello {{person.name}},\n\n{{inquiry.words}}',
    button: 'See your request',
    unsubscribe: false,
  },
} as const satisfies Readonly<Record<string, MessageKind>>;
