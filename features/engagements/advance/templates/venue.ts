import { ask, choose, section, tell, type BuiltInTemplate } from './template.ts';

const concert: BuiltInTemplate = {
  key: 'venue.concert',
  pack: 'venue',
  name: 'Concert or show',
  items: [
    ...section(
      'Who to talk to',
      ask('tour-manager', 'Tour or production manager', {
        hint: 'Name, telephone and e-mail; who is there on the day.',
      }),
      ask('party-size', 'How many you are', { kind: 'number', hint: 'Act and crew together.' }),
      ask('settlement-contact', 'Who settles for you'),
      tell('house-manager', 'Our manager on duty', { hint: 'Name and telephone.' }),
      tell('technician', 'Our technician', { hint: 'Name and telephone.' }),
    ),
    ...section(
      'The day',
      tell('access', 'Building open from', { kind: 'time' }),
      ask('load-in', 'Load-in', { kind: 'time', hint: 'When you want to begin.' }),
      ask('soundcheck', 'Soundcheck', { kind: 'time' }),
      tell('doors', 'Doors', { kind: 'time' }),
      ask('running-order', 'Running order', { kind: 'long_text', hint: 'Supports, changeovers, intervals, encores.' }),
      tell('curfew', 'Curfew', { kind: 'time', hint: 'When the sound has to stop.' }),
      tell('building-clear', 'Building clear by', { kind: 'time' }),
    ),
    ...section(
      'Technical',
      ask('tech-rider', 'Technical rider', { kind: 'file', hint: 'The newest.' }),
      ask('stage-plot', 'Stage plot', { kind: 'file' }),
      ask('input-list', 'Input list', { kind: 'file' }),
      tell('house-plan', 'Plan and list of our equipment', { kind: 'file' }),
      choose('engineers', 'Engineers', ['We bring our own', 'House engineers', 'Front of house ours, monitors yours']),
      ask('extra-gear', 'What you bring or hire in', { kind: 'long_text' }),
      ask('effects', 'Smoke, lasers, flames, confetti', { hint: 'We need papers two weeks before.' }),
      ask('power', 'Power that you need', { hint: 'Also for a bus.' }),
      ask('rigging', 'Points and loads', { kind: 'long_text' }),
      tell('noise', 'Sound limit', { hint: 'dB, measured where, over which time.' }),
      ask('labour', 'Hands for load-in and load-out', { hint: 'How many, from when.' }),
    ),
    ...section(
      'Arrival',
      tell('way-in', 'The way in', { kind: 'long_text', hint: 'Dock, steps, lift, doors.' }),
      ask('vehicles', 'Your vehicles', { hint: 'Kind, length, trailer, registration.' }),
      tell('parking', 'Parking', { kind: 'long_text' }),
    ),
    ...section(
      'Hospitality',
      ask('hospitality-rider', 'Hospitality rider', { kind: 'file' }),
      ask('diets', 'Diets and allergies', { kind: 'long_text' }),
      choose('catering', 'Hot meal', ['Catering in the house', 'Buy-out', 'None needed']),
      tell('dressing-rooms', 'Dressing rooms', { hint: 'Which, for how many.' }),
      tell('showers', 'Showers'),
      ask('towels', 'Towels that you need', { kind: 'number' }),
      tell('wifi', 'Wi-Fi', { hint: 'Name and password.' }),
      ask('runner', 'Do you need a runner?', { kind: 'yes_no' }),
    ),
    ...section(
      'House and audience',
      choose('seating', 'Seating', ['Standing', 'Seated', 'Mixed']),
      ask('age', 'Age limit that you want'),
      ask('security', 'What security should know', { kind: 'long_text', hint: 'Pit, meet and greet, bag rules.' }),
      ask('photo', 'Photo, video and press', { hint: 'First three songs? Passes?' }),
      ask('access-needs', 'Access', {
        kind: 'long_text',
        hint: 'Interpreter, warnings of light effects, people with needs.',
      }),
      ask('guest-list', 'Your guests', { kind: 'number', hint: 'Names until noon on the day.' }),
    ),
    ...section(
      'Merch and settlement',
      tell('merch-split', 'Merch split', { hint: 'For soft goods and for recordings; tax; who sells.' }),
      ask('merch-seller', 'Do you bring somebody who sells?', { kind: 'yes_no' }),
      tell('settlement-way', 'How we settle'),
      ask('rights', 'Set list for the rights society by mail after the show?', { kind: 'yes_no' }),
    ),
  ],
};

const hire: BuiltInTemplate = {
  key: 'venue.private-hire',
  pack: 'venue',
  name: 'Private or business hire',
  items: [
    ...section(
      'Who to talk to',
      ask('host', 'Host on the day', { hint: 'Name and telephone; who decides when something comes up.' }),
      ask('planner', 'Planner or agency', { hint: 'If there is one.' }),
      tell('duty-manager', 'Our manager on duty', { hint: 'Name and telephone.' }),
    ),
    ...section(
      'The day',
      ask('guests', 'How many guests', { kind: 'number' }),
      ask('arrival', 'Your team arrives', { kind: 'time' }),
      ask('guests-from', 'Guests arrive', { kind: 'time' }),
      ask('programme', 'Programme', { kind: 'long_text', hint: 'Speeches, meals, music, with times.' }),
      ask('end', 'End', { kind: 'time' }),
      tell('curfew', 'Music stops by', { kind: 'time' }),
      tell('clear', 'Building clear by', { kind: 'time' }),
    ),
    ...section(
      'Room and equipment',
      choose('layout', 'Layout', ['Theatre', 'Round tables', 'Long tables', 'Standing', 'Another one']),
      ask('av', 'Sound, light and screen', { kind: 'long_text', hint: 'Microphones, presentations, live link.' }),
      ask('power', 'Extra power', { hint: 'Bands, kitchens, heaters.' }),
      ask('decoration', 'Decoration', { kind: 'long_text', hint: 'Candles and anything on walls need our consent.' }),
      ask('deliveries', 'Deliveries', { kind: 'long_text', hint: 'What, when, collected when.' }),
      tell('wifi', 'Wi-Fi for guests'),
    ),
    ...section(
      'Food and drink',
      choose('catering', 'Catering', ['Ours', 'Your caterer', 'None']),
      ask('caterer', 'Caterer', { hint: 'Name, telephone, insurance.' }),
      ask('diets', 'Diets and allergies', { kind: 'long_text' }),
      choose('bar', 'Bar', ['You pay for all', 'Up to a limit', 'Guests pay', 'No bar']),
    ),
    ...section(
      'House',
      ask('parking', 'Parking that you need', { hint: 'Cars, coaches, a place by the door.' }),
      ask('security', 'Security', { hint: 'People known to the public, gifts, cash.' }),
      ask('access-needs', 'Access', { hint: 'Wheelchairs, prams, hearing loop.' }),
      ask('insurance', 'Liability insurance', { hint: 'Insurer and number of the policy.' }),
      ask('settlement-contact', 'Who gets the final bill'),
    ),
  ],
};

export const venueTemplates = [concert, hire] as const;
