import { ask, choose, section, tell, type BuiltInTemplate } from './template.ts';

const siteVisit: BuiltInTemplate = {
  key: 'contractor.site',
  pack: 'contractor',
  name: 'Before work begins on site',
  items: [
    ...section(
      'Who to talk to',
      ask('on-site', 'Who is on site', { hint: 'Name and telephone on the day.' }),
      ask('approver', 'Who approves changes', { hint: 'With a limit, if there is one.' }),
      tell('crew-lead', 'Our crew lead', { hint: 'Name and telephone.' }),
      tell('crew', 'How many of us come', { kind: 'number' }),
    ),
    ...section(
      'Getting in',
      ask('access', 'How we get in', {
        kind: 'long_text',
        hint: 'Keys, code, concierge; not in a comment that others read.',
      }),
      ask('hours', 'Hours in which we may work', { hint: 'Also when it may be loud.' }),
      ask('parking', 'Parking for our vehicles', { hint: 'Where, permit, height.' }),
      ask('lift', 'Is there a lift?', { kind: 'yes_no', hint: 'May we use it for material?' }),
      ask('neighbours', 'Have neighbours or tenants been told?', { kind: 'yes_no' }),
      ask('pets', 'Children or animals in the house', { hint: 'So that doors stay closed.' }),
    ),
    ...section(
      'Site',
      ask('power', 'Power that we may use', { hint: 'Where the panel is.' }),
      ask('water', 'Water, and where it is shut off'),
      ask('toilet', 'Toilet and washing place', { hint: 'May the crew use them?' }),
      ask('storage', 'Place for tools and material', { hint: 'Dry, locked?' }),
      ask('known', 'What we should know', { kind: 'long_text', hint: 'Asbestos, old wiring, earlier damage.' }),
      choose('cleared', 'Rooms', ['You clear them', 'We clear them', 'They are empty']),
      ask('alarm', 'Alarm and smoke detectors', { hint: 'Who switches them off and on.' }),
    ),
    ...section(
      'Work',
      tell('scope', 'What we do', { kind: 'long_text' }),
      tell('starts', 'We arrive between', { hint: 'The window of arrival.' }),
      tell('dust', 'Dust, noise, water or power off', { kind: 'long_text' }),
      ask('choices', 'Colours and models chosen', { kind: 'long_text', hint: 'Names and numbers, as ordered.' }),
      ask('permits', 'Are permits and the landlord’s consent there?', { kind: 'yes_no' }),
      tell('waste', 'Waste', { hint: 'What we take away.' }),
    ),
    ...section(
      'After',
      ask('walk-through', 'Who walks through with us at the end'),
      ask('invoice-to', 'Invoice to', { kind: 'long_text', hint: 'Name, address, order number.' }),
    ),
  ],
};

export const contractorTemplates = [siteVisit] as const;
