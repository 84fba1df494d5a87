import { makeField } from '../field-rules.ts';
import { choices, consentField, contactFields, type FormTemplate } from './template.ts';

export const contractorLead: FormTemplate = {
  key: 'contractor_lead',
  pack: 'contractor',
  slug: 'request',
  title: 'Request a visit',
  about: 'Customers describe a job: what, where, how urgent, and when somebody may come.',
  intro: 'Tell us what is to be done. We call you to agree on a visit.',
  thanks: 'Thank you! We call you soon.',
  fields: [
    makeField('section', 'job', 'The job'),
    makeField('short_text', 'title', 'What is it about, in a few words?', { required: true, meaning: 'title' }),
    makeField('choice_one', 'kind', 'What is to be done?', {
      required: true,
      options: choices(
        ['repair', 'A repair'],
        ['service', 'Maintenance'],
        ['install', 'Something new'],
        ['quote', 'An estimate first'],
      ),
    }),
    makeField('choice_one', 'urgency', 'How urgent is it?', {
      required: true,
      options: choices(['now', 'Something is broken now'], ['week', 'Within a week'], ['later', 'It can wait']),
      shownWhen: { field: 'kind', anyOf: ['repair', 'service'] },
    }),
    makeField('choice_many', 'danger', 'Is one of these the case?', {
      help: 'If somebody is in danger, leave the house and call the emergency services first.',
      options: choices(
        ['water', 'Water is running out'],
        ['gas', 'It smells of gas'],
        ['power', 'No power or heating'],
      ),
      shownWhen: { field: 'urgency', anyOf: ['now'] },
    }),
    makeField('times', 'visit', 'When may we come?', { meaning: 'times' }),
    makeField('long_text', 'access', 'Where is it?', { required: true, help: 'Street, floor, and how we get in.' }),
    makeField('choice_one', 'you_are', 'You are', {
      options: choices(['owner', 'The owner'], ['tenant', 'A tenant'], ['manager', 'The property manager']),
    }),
    makeField('short_text', 'owner', 'Who owns the property?', {
      shownWhen: { field: 'you_are', anyOf: ['tenant', 'manager'] },
    }),
    makeField('money', 'budget', 'Budget, if there is one', {
      meaning: 'budget',
      shownWhen: { field: 'kind', anyOf: ['install', 'quote'] },
    }),
    makeField('file', 'photos', 'Photos', { help: 'Up to five, each at most 8 MB.' }),
    makeField('long_text', 'message', 'Describe it', { meaning: 'message', help: 'Make, model, age, what happened.' }),
    ...contactFields.map((field) =>
      field.key === 'phone' ? { ...field, required: true, help: 'We call before we come.' } : field,
    ),
    consentField,
  ],
};
