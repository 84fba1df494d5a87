import { makeField } from '../field-rules.ts';
import { choices, consentField, contactFields, type FormTemplate } from './template.ts';

export const venueEvent: FormTemplate = {
  key: 'venue_event',
  pack: 'venue',
  slug: 'event-request',
  title: 'Hold your event with us',
  about: 'Clients ask for a space: what, when, how many, and what they need.',
  intro: 'Tell us what you are planning. We check our spaces and come back to you with what is possible.',
  thanks: 'Thank you! We look at our calendar and come back to you soon.',
  fields: [
    makeField('section', 'event', 'Your event'),
    makeField('short_text', 'title', 'What is it called?', { required: true, meaning: 'title' }),
    makeField('choice_one', 'kind', 'What kind of event is it?', {
      required: true,
      options: choices(
        ['concert', 'Concert or show'],
        ['conference', 'Conference or talk'],
        ['dinner', 'Dinner or party'],
        ['wedding', 'Wedding'],
        ['fair', 'Fair or market'],
        ['other', 'Something else'],
      ),
    }),
    makeField('times', 'times', 'When should it be?', {
      required: true,
      meaning: 'times',
      help: 'With setting up and clearing away.',
    }),
    makeField('long_text', 'other_dates', 'Other dates that would do'),
    makeField('place', 'space', 'Which space?', { meaning: 'place', help: 'Leave it open if you aren’t sure.' }),
    makeField('number', 'expected', 'How many guests?', { required: true, meaning: 'people' }),
    makeField('choice_one', 'setup', 'Seated or standing?', {
      options: choices(['seated', 'Seated'], ['standing', 'Standing'], ['mixed', 'Mixed']),
      shownWhen: { field: 'kind', anyOf: ['concert', 'dinner', 'wedding', 'other'] },
    }),
    makeField('choice_one', 'public', 'Who may come?', {
      options: choices(
        ['invited', 'Invited guests'],
        ['tickets', 'Anybody with a ticket'],
        ['free', 'Anybody, free of charge'],
      ),
      shownWhen: { field: 'kind', anyOf: ['concert', 'conference', 'fair', 'other'] },
    }),
    makeField('choice_many', 'needs', 'What do you need from us?', {
      options: choices(
        ['catering', 'Catering'],
        ['bar', 'Bar'],
        ['sound', 'Sound and light'],
        ['staff', 'Staff and security'],
        ['furniture', 'Tables and chairs'],
      ),
    }),
    makeField('long_text', 'technical', 'Tell us about the stage and the sound', {
      shownWhen: { field: 'needs', anyOf: ['sound'] },
    }),
    makeField('money', 'budget', 'Budget, roughly', { meaning: 'budget' }),
    makeField('long_text', 'message', 'Anything else?', { meaning: 'message' }),
    ...contactFields,
    consentField,
  ],
};
