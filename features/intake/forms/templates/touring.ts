import { makeField } from '../field-rules.ts';
import { choices, consentField, contactFields, type FormTemplate } from './template.ts';

export const touringAvail: FormTemplate = {
  key: 'touring_avail',
  pack: 'touring',
  slug: 'booking',
  title: 'Ask for a date',
  about: 'Promoters ask for an avail or make an offer: date, venue, capacity, fee.',
  intro: 'Tell us about your show. We check the date, and come back to you with an answer.',
  thanks: 'Thank you! We look into the date and come back to you soon.',
  fields: [
    makeField('section', 'show', 'The show'),
    makeField('short_text', 'title', 'Name of the show or festival', { required: true, meaning: 'title' }),
    makeField('choice_one', 'kind', 'What kind of show is it?', {
      required: true,
      options: choices(
        ['club', 'Club or hall'],
        ['festival', 'Festival'],
        ['support', 'Support of another act'],
        ['corporate', 'Corporate'],
        ['private', 'Private party'],
        ['other', 'Something else'],
      ),
    }),
    makeField('date', 'date', 'Date of the show', { required: true, meaning: 'times' }),
    makeField('long_text', 'other_dates', 'Other dates that would do'),
    makeField('short_text', 'venue', 'Venue and city', { required: true }),
    makeField('number', 'capacity', 'Capacity', {
      required: true,
      meaning: 'people',
      help: 'How many people can come.',
    }),
    makeField('short_text', 'slot', 'Stage and slot', {
      help: 'Which stage, when, and for how long.',
      shownWhen: { field: 'kind', anyOf: ['festival'] },
    }),
    makeField('short_text', 'headliner', 'Who is the headliner?', {
      required: true,
      shownWhen: { field: 'kind', anyOf: ['support'] },
    }),
    makeField('section', 'offer', 'Your offer'),
    makeField('choice_one', 'wants', 'What would you like from us?', {
      required: true,
      options: choices(['avail', 'To know whether the date is free'], ['offer', 'To make an offer']),
    }),
    makeField('money', 'fee', 'Guaranteed fee', {
      required: true,
      meaning: 'budget',
      shownWhen: { field: 'wants', anyOf: ['offer'] },
    }),
    makeField('long_text', 'deal', 'Terms of the offer', {
      help: 'Percentage of the door, ticket prices, what you cover: hotel, catering, backline, local travel.',
      shownWhen: { field: 'wants', anyOf: ['offer'] },
    }),
    makeField('long_text', 'message', 'Anything else?', { meaning: 'message' }),
    ...contactFields,
    consentField,
  ],
};
