import type { MessageKind } from './kinds.ts';

const subject = {
  'person.name': { means: 'The reader’s name', example: 'Ann Example' },
  'engagement.title': { means: 'What it is for', example: 'Spring Gala' },
  'call.position': { means: 'What they are asked for', example: 'Second flute' },
  'call.services': {
    means: 'Services with weekday, time, place and dress, a line each',
    example:
      'Fri 1 May 2026, 10:00–12:30 (Europe/Berlin): Rehearsal, Great Hall\nSat 2 May 2026, 19:30–22:00 (Europe/Berlin): Concert, Great Hall. Dress: concert black',
  },
} as const;

const terms = {
  'call.fee': { means: 'The fee, or that it is as agreed', example: '€450.00' },
  'call.message': {
    means: 'The office’s words in this round of calls; may be empty',
    example: 'Parts will be sent a week ahead.',
  },
} as const;

const deadline = {
  'call.deadline': {
    means: 'Until when to answer, by the reader’s clock',
    example: 'Mon 20 Apr 2026, 18:00 (Europe/Berlin)',
  },
} as const;

/** What people who are called get. A call and its reminder may be stopped; what somebody has agreed to may not. */
export const callKinds = {
  call: {
    kind: 'call',
    title: 'A call: somebody is asked whether they can come',
    variables: { ...subject, ...terms, ...deadline },
    subject: '{{call.position}}, {{engagement.title}}: are you free?',
    body: 'Hello {{person.name}},\n\nwe would be glad to have you for **{{engagement.title}}**, as **{{call.position}}**:\n\n{{call.services}}\n\nFee: {{call.fee}}\n\n{{call.message}}\n\nPlease answer by **{{call.deadline}}**. Opening the page decides nothing; you choose there.',
    button: 'See and answer',
    unsubscribe: true,
  },
  call_changed: {
    kind: 'call_changed',
    title: 'A call whose services have changed since it went out',
    variables: { ...subject, ...terms, ...deadline },
    subject: 'Changed: {{call.position}}, {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nthe services of **{{engagement.title}}** that we asked you for have changed. Now it is, as **{{call.position}}**:\n\n{{call.services}}\n\nFee: {{call.fee}}\n\n{{call.message}}\n\nPlease answer by **{{call.deadline}}**.',
    button: 'See and answer',
    unsubscribe: true,
  },
  call_reminder: {
    kind: 'call_reminder',
    title: 'A reminder of a call that has no answer yet',
    variables: { ...subject, ...deadline },
    subject: 'Still open: {{call.position}}, {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nwe asked you for **{{engagement.title}}**, as **{{call.position}}**, and have no answer yet:\n\n{{call.services}}\n\nThe time to answer ends **{{call.deadline}}**. A no helps us, too.',
    button: 'See and answer',
    unsubscribe: true,
  },
  call_booked: {
    kind: 'call_booked',
    title: 'The engagement letter, to somebody who accepted; with a calendar file',
    variables: { ...subject, ...terms },
    subject: 'You are booked: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nthank you! You are booked for **{{engagement.title}}**, as **{{call.position}}**:\n\n{{call.services}}\n\nFee: {{call.fee}}\n\n{{call.message}}\n\nThe times are attached for your calendar. If you can’t come after all, please tell us at once on the page below.',
    button: 'Open your booking',
    unsubscribe: false,
  },
  call_filled: {
    kind: 'call_filled',
    title: 'To somebody who was asked, when others were faster',
    variables: subject,
    subject: 'Filled: {{call.position}}, {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nthe places for **{{engagement.title}}**, as {{call.position}}, are filled now, so you need not answer any more. Thank you for being ready; we hope to ask you again soon.',
    button: null,
    unsubscribe: false,
  },
  call_cancelled: {
    kind: 'call_cancelled',
    title: 'To somebody who was asked, when the call is taken back',
    variables: {
      ...subject,
      'call.reason': { means: 'The office’s words; may be empty', example: 'The programme has changed.' },
    },
    subject: 'No longer needed: {{call.position}}, {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nwe had asked you for **{{engagement.title}}**, as {{call.position}}. We take that back; you need not answer any more.\n\n{{call.reason}}\n\nThank you, and we are sorry for the trouble.',
    button: null,
    unsubscribe: false,
  },
  call_answered_question: {
    kind: 'call_answered_question',
    title: 'The office’s answer to a question about a call',
    variables: {
      ...subject,
      'call.answer': { means: 'The office’s words', example: 'Yes, there is parking behind the hall.' },
    },
    subject: 'Your question: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nabout your question on **{{engagement.title}}**, as {{call.position}}:\n\n{{call.answer}}',
    button: 'Open the call',
    unsubscribe: false,
  },
  call_withdrawn_confirmed: {
    kind: 'call_withdrawn_confirmed',
    title: 'To somebody who can’t come after all: their places are given back',
    variables: subject,
    subject: 'You are free again: {{engagement.title}}',
    body: 'Hello {{person.name}},\n\nyou are no longer booked for **{{engagement.title}}**, as {{call.position}}:\n\n{{call.services}}\n\nThank you for telling us.',
    button: null,
    unsubscribe: false,
  },
} as const satisfies Readonly<Record<string, MessageKind>>;
