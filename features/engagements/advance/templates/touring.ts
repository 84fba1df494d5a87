import { ask, choose, section, tell, type BuiltInTemplate } from './template.ts';

const people = section(
  'Who to talk to',
  ask('production-contact', 'Production contact', { hint: 'Name, telephone, e-mail; who is there on the day.' }),
  ask('settlement-contact', 'Settlement contact', { hint: 'Who settles with us at the end of the night.' }),
  tell('tour-manager', 'Our tour manager', { hint: 'Name and telephone on the day.' }),
  tell('party-size', 'How many we are', { kind: 'number', hint: 'Act and crew together.' }),
);

const day = section(
  'The day',
  ask('access', 'Building open from', { kind: 'time' }),
  ask('load-in', 'Load-in', { kind: 'time' }),
  ask('load-in-way', 'The way in', { kind: 'long_text', hint: 'Dock or street, steps, lift, how far to push.' }),
  ask('soundcheck', 'Soundcheck', { kind: 'time' }),
  ask('doors', 'Doors', { kind: 'time' }),
  ask('support', 'Support and changeovers', { hint: 'Who plays before us, how long, and the changeover.' }),
  ask('stage-time', 'We are on stage at', { kind: 'time' }),
  tell('set-length', 'Length of our set in minutes', { kind: 'number' }),
  ask('curfew', 'Curfew', { kind: 'time', hint: 'When the sound has to stop.' }),
  ask('load-out', 'Load-out until', { kind: 'time' }),
);

const production = section(
  'Production',
  tell('tech-rider', 'Technical rider', { kind: 'file' }),
  tell('stage-plot', 'Stage plot', { kind: 'file' }),
  tell('input-list', 'Input list', { kind: 'file' }),
  ask('tech-rider-met', 'Can you meet the technical rider?', {
    kind: 'yes_no',
    hint: 'If not, comment on what differs.',
  }),
  ask('stage-size', 'Stage: width, depth, height', { hint: 'Usable, in metres or feet; risers if there are any.' }),
  ask('house-plan', 'Plan of stage and hall', {
    kind: 'file',
    hint: 'With the list of your equipment, if you have one.',
  }),
  ask('sound', 'PA and desks', { kind: 'long_text' }),
  ask('monitors', 'Monitors', { kind: 'long_text', hint: 'Wedges, in-ear sets, desk.' }),
  ask('lights', 'Lights and video', { kind: 'long_text' }),
  ask('backline', 'House backline that we may use', { kind: 'long_text' }),
  ask('power', 'Power', { hint: 'For sound, light and a bus: phases, amperes, connectors, distance.' }),
  ask('labour', 'Hands', { hint: 'How many, for load-in and load-out, paid by whom.' }),
  ask('noise', 'Sound limit', { hint: 'dB, measured where, over which time; none is an answer, too.' }),
);

const hospitality = section(
  'Hospitality',
  tell('hospitality-rider', 'Hospitality rider', { kind: 'file' }),
  tell('diets', 'Diets and allergies', { kind: 'long_text' }),
  choose('catering', 'Hot meal', ['Catering in the house', 'Meal vouchers', 'Buy-out', 'None']),
  ask('buy-out', 'Buy-out for each person', { hint: 'Amount and currency, paid when.' }),
  ask('dressing-rooms', 'Dressing rooms', { hint: 'How many, for how many people, with a key.' }),
  ask('showers', 'Showers', { hint: 'How many, where, until when.' }),
  ask('towels', 'Towels', { kind: 'number' }),
  ask('wifi', 'Wi-Fi for us', { hint: 'Name and password; a network of our own for the desk if you have one.' }),
  ask('runner', 'Is there a runner?', { kind: 'yes_no', hint: 'With a car? From when on?' }),
);

const house = section(
  'House',
  ask('parking', 'Parking', { kind: 'long_text', hint: 'For what, where, from when, any permit; shore power.' }),
  tell('vehicles', 'Our vehicles', { hint: 'Kind, length, trailer, registration.' }),
  ask('security', 'Security', { hint: 'Stage, dressing rooms, pit; who briefs them, when.' }),
  ask('age', 'Age limit'),
  ask('capacity', 'Capacity of the room', { kind: 'number' }),
  ask('photo', 'Photo and video', { hint: 'What is allowed, from where.' }),
);

const money = section(
  'Merch and settlement',
  ask('merch-split', 'Merch split', { hint: 'For soft goods and for recordings; tax; who sells.' }),
  ask('merch-place', 'Merch place', { hint: 'Where, how large, light, power, network for card payments.' }),
  ask('settlement-way', 'How we are paid', { hint: 'Cash, transfer; what you need from us before.' }),
  ask('guest-list', 'Places on the guest list', { kind: 'number', hint: 'And until when you want the names.' }),
  ask('tickets', 'Ticket count so far', { kind: 'number' }),
);

const clubShow: BuiltInTemplate = {
  key: 'touring.club-show',
  pack: 'touring',
  name: 'Club or hall show',
  items: [...people, ...day, ...production, ...hospitality, ...house, ...money],
};

const festival: BuiltInTemplate = {
  key: 'touring.festival',
  pack: 'touring',
  name: 'Festival',
  items: [
    ...section(
      'Who to talk to',
      ask('artist-liaison', 'Artist liaison', { hint: 'Name and telephone on the day.' }),
      ask('stage-manager', 'Stage manager', { hint: 'Name and telephone; which stage.' }),
      ask('settlement-contact', 'Settlement contact'),
      tell('tour-manager', 'Our tour manager', { hint: 'Name and telephone on the day.' }),
      tell('party-size', 'How many we are', { kind: 'number' }),
    ),
    ...section(
      'Arrival',
      ask('gate', 'Gate and check-in', {
        kind: 'long_text',
        hint: 'Address for the satnav, accreditation, opening times.',
      }),
      ask('passes', 'Passes and wristbands', { hint: 'How many of which; who collects them.' }),
      ask('parking', 'Parking and shore power', { kind: 'long_text' }),
      tell('vehicles', 'Our vehicles', { hint: 'Kind, length, registration.' }),
      ask('shuttle', 'Shuttle between parking, stage and hotel', { kind: 'yes_no' }),
    ),
    ...section(
      'Stage',
      ask('load-in', 'Load-in', { kind: 'time', hint: 'At the stage.' }),
      ask('changeover', 'Changeover in minutes', { kind: 'number' }),
      ask('line-check', 'Line check', { kind: 'time' }),
      ask('stage-time', 'We are on stage at', { kind: 'time' }),
      tell('set-length', 'Length of our set in minutes', { kind: 'number' }),
      ask('curfew', 'Hard stop', { kind: 'time' }),
      tell('stage-plot', 'Stage plot', { kind: 'file' }),
      tell('input-list', 'Input list', { kind: 'file' }),
      ask('desks', 'Desks and patch', { kind: 'long_text', hint: 'Guest desk possible? Festival patch?' }),
      ask('monitors', 'Monitors', { kind: 'long_text' }),
      ask('lights', 'Lights, video and specials', { kind: 'long_text', hint: 'Who runs them; content by when.' }),
      ask('risers', 'Rolling risers', { kind: 'number' }),
      ask('backline', 'Backline that is provided', { kind: 'long_text' }),
      ask('power', 'Power on stage', { hint: 'Also for gear from another mains voltage.' }),
      ask('noise', 'Sound limit'),
    ),
    ...section(
      'Backstage',
      ask('dressing-rooms', 'Dressing room', { hint: 'From when until when.' }),
      tell('diets', 'Diets and allergies', { kind: 'long_text' }),
      choose('catering', 'Hot meal', ['Catering', 'Meal vouchers', 'Buy-out', 'None']),
      ask('showers', 'Showers and towels'),
      ask('wifi', 'Wi-Fi for artists'),
      ask('security', 'Security at stage and backstage'),
    ),
    ...section(
      'Broadcast, merch, money',
      ask('broadcast', 'Is the show recorded or broadcast?', {
        kind: 'yes_no',
        hint: 'We have to agree to it in writing.',
      }),
      ask('merch-split', 'Merch split', { hint: 'Who sells, where stock is handed in, until when.' }),
      ask('settlement-way', 'How we are paid'),
      ask('guest-list', 'Places on the guest list', { kind: 'number' }),
      ask('weather', 'What happens in bad weather', { kind: 'long_text' }),
    ),
  ],
};

export const touringTemplates = [clubShow, festival] as const;
