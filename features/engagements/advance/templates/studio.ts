import { ask, choose, section, tell, type BuiltInTemplate } from './template.ts';

const session: BuiltInTemplate = {
  key: 'studio.session',
  pack: 'studio',
  name: 'Session or shoot with a client',
  items: [
    ...section(
      'Who to talk to',
      ask('producer', 'Your producer', { hint: 'Name and telephone on the day.' }),
      ask('approver', 'Who approves', { hint: 'Creative and money, if those are two.' }),
      ask('attending', 'Who comes, and who dials in', { kind: 'long_text' }),
      tell('our-producer', 'Our producer', { hint: 'Name and telephone on the day.' }),
    ),
    ...section(
      'The day',
      tell('call', 'Doors open', { kind: 'time' }),
      ask('arrival', 'You arrive', { kind: 'time' }),
      tell('wrap', 'Wrap by', { kind: 'time' }),
      ask('overtime', 'May we go into overtime?', { kind: 'yes_no', hint: 'If so, who says yes on the day.' }),
    ),
    ...section(
      'Material',
      ask('script', 'Final script, boards or score', { hint: 'Version and date, or a link.' }),
      ask('references', 'References', { kind: 'long_text', hint: 'Links, and what it must not be.' }),
      ask('footage', 'Material that you send', { kind: 'long_text', hint: 'Format, how, by when.' }),
      ask('delivery', 'Delivery specification', {
        kind: 'long_text',
        hint: 'Format, codec, loudness, subtitles, versions.',
      }),
      ask('deadline', 'Air date or deadline'),
      ask('usage', 'Usage', { hint: 'Media, territory, term.' }),
      ask('clearances', 'Music, talent and locations cleared?', { kind: 'yes_no' }),
    ),
    ...section(
      'Room and team',
      tell('room', 'Room and team', { kind: 'long_text' }),
      choose('monitoring', 'How you look on', ['In the room', 'Live stream', 'Both', 'Files for review']),
      ask('kit', 'Kit that you bring', { kind: 'long_text' }),
      ask('power', 'Power or data out of the ordinary'),
      ask('confidential', 'Confidentiality', { kind: 'long_text', hint: 'Code name, phones, who may know.' }),
    ),
    ...section(
      'House',
      choose('catering', 'Food', ['Lunch for all', 'Lunch and dinner', 'Only drinks', 'None']),
      ask('diets', 'Diets and allergies', { kind: 'long_text' }),
      tell('parking', 'Parking and getting here', { kind: 'long_text' }),
      tell('wifi', 'Wi-Fi'),
      ask('order-number', 'Purchase order number', { hint: 'As it must stand on the invoice.' }),
    ),
  ],
};

export const studioTemplates = [session] as const;
