import { makeField } from '../field-rules.ts';
import { choices, consentField, contactFields, type FormTemplate } from './template.ts';

export const studioBrief: FormTemplate = {
  key: 'studio_brief',
  pack: 'studio',
  slug: 'brief',
  title: 'Brief us',
  about: 'Clients describe a project: what is to be made, for when, and the budget.',
  intro: 'Tell us about your project. The more we know, the closer our first bid.',
  thanks: 'Thank you for your brief! We read it and come back to you with questions or a bid.',
  fields: [
    makeField('section', 'project', 'The project'),
    makeField('short_text', 'title', 'Working title', { required: true, meaning: 'title' }),
    makeField('choice_many', 'work', 'What do you need?', {
      required: true,
      options: choices(
        ['edit', 'Editing'],
        ['grade', 'Grading'],
        ['vfx', 'Visual effects'],
        ['motion', 'Motion design'],
        ['sound', 'Sound and mix'],
        ['other', 'Something else'],
      ),
    }),
    makeField('number', 'shots', 'How many shots, roughly?', { shownWhen: { field: 'work', anyOf: ['vfx'] } }),
    makeField('short_text', 'mix', 'Which formats should the mix have?', {
      help: 'Stereo, 5.1, Atmos; for cinema, television, the web.',
      shownWhen: { field: 'work', anyOf: ['sound'] },
    }),
    makeField('long_text', 'deliverables', 'What is to be delivered?', {
      required: true,
      help: 'Films and their lengths, formats, languages, versions.',
    }),
    makeField('times', 'window', 'When should we work on it?', {
      meaning: 'times',
      help: 'From the material’s arrival to delivery.',
    }),
    makeField('choice_one', 'attend', 'Would you like to be there?', {
      options: choices(['suite', 'Yes, in the suite'], ['remote', 'From afar, live'], ['no', 'No, send us versions']),
    }),
    makeField('money', 'budget', 'Budget, roughly', { meaning: 'budget' }),
    makeField('choice_one', 'nda', 'Is it confidential?', {
      options: choices(['no', 'No'], ['yes', 'Yes, send us an NDA first']),
    }),
    makeField('long_text', 'message', 'The idea, and what you like', {
      meaning: 'message',
      help: 'Up to three links to references are fine.',
      shownWhen: { field: 'nda', anyOf: ['no'] },
    }),
    ...contactFields,
    consentField,
  ],
};
