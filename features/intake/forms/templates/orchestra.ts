import { makeField } from '../field-rules.ts';
import { choices, consentField, contactFields, type FormTemplate } from './template.ts';

export const orchestraGuest: FormTemplate = {
  key: 'orchestra_guest',
  pack: 'orchestra',
  slug: 'guest-request',
  title: 'Invite the orchestra',
  about: 'Presenters ask for a guest concert: date, hall, programme, fee.',
  intro: 'Would you like to hear us at your place? Tell us what you have in mind.',
  thanks: 'Thank you for your invitation! Our office comes back to you soon.',
  fields: [
    makeField('section', 'concert', 'The concert'),
    makeField('short_text', 'title', 'Name of the concert or series', { required: true, meaning: 'title' }),
    makeField('choice_one', 'kind', 'What is it?', {
      required: true,
      options: choices(
        ['symphony', 'Symphony concert'],
        ['chamber', 'Chamber music'],
        ['choral', 'With a choir'],
        ['education', 'For schools or families'],
        ['recording', 'Recording'],
        ['other', 'Something else'],
      ),
    }),
    makeField('date', 'date', 'Date of the concert', { required: true, meaning: 'times' }),
    makeField('long_text', 'other_dates', 'Other dates that would do'),
    makeField('short_text', 'hall', 'Hall and city', { required: true }),
    makeField('number', 'seats', 'Seats', {
      meaning: 'people',
      shownWhen: { field: 'kind', anyOf: ['symphony', 'chamber', 'choral', 'education', 'other'] },
    }),
    makeField('short_text', 'choir', 'Which choir?', { shownWhen: { field: 'kind', anyOf: ['choral'] } }),
    makeField('short_text', 'ages', 'How old are the children?', {
      shownWhen: { field: 'kind', anyOf: ['education'] },
    }),
    makeField('long_text', 'repertoire', 'What would you like to hear?', {
      help: 'Works, composers, soloists, conductor.',
    }),
    makeField('choice_many', 'provides', 'What can you provide?', {
      options: choices(
        ['stage', 'A stage for the whole orchestra'],
        ['piano', 'Concert grand'],
        ['percussion', 'Timpani and percussion'],
        ['stands', 'Stands and chairs'],
        ['travel', 'Travel and hotels'],
      ),
    }),
    makeField('money', 'budget', 'Fee that you have in mind', { meaning: 'budget' }),
    makeField('long_text', 'message', 'Anything else?', { meaning: 'message' }),
    ...contactFields,
    consentField,
  ],
};
