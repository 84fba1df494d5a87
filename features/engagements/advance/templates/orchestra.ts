import { ask, choose, section, tell, type BuiltInTemplate } from './template.ts';

const guestHall: BuiltInTemplate = {
  key: 'orchestra.guest-hall',
  pack: 'orchestra',
  name: 'Concert in another hall',
  items: [
    ...section(
      'Who to talk to',
      ask('hall-manager', 'Hall manager on the day', { hint: 'Name and telephone.' }),
      ask('stage-manager', 'Stage manager', { hint: 'Name and telephone.' }),
      tell('orchestra-manager', 'Our orchestra manager', { hint: 'Name and telephone.' }),
      tell('players', 'Players on stage', { kind: 'number' }),
    ),
    ...section(
      'The day',
      ask('access', 'Hall open from', { kind: 'time' }),
      tell('truck', 'Our truck arrives', { kind: 'time' }),
      tell('rehearsal', 'Rehearsal', { hint: 'From, until, with break.' }),
      ask('doors', 'Doors', { kind: 'time' }),
      ask('concert', 'Concert begins', { kind: 'time' }),
      tell('interval', 'Interval', { hint: 'After which work, how long; latecomers.' }),
      ask('clear', 'Stage clear by', { kind: 'time' }),
    ),
    ...section(
      'Stage',
      tell('stage-plan', 'Stage and seating plan', { kind: 'file' }),
      ask('stage-size', 'Stage: width and depth', { hint: 'With extension, if it can be built.' }),
      ask('risers', 'Risers', { kind: 'long_text', hint: 'Sizes and heights that you have.' }),
      ask('chairs', 'Musicians’ chairs', { kind: 'number' }),
      ask('stands', 'Music stands and stand lights', { hint: 'How many of each.' }),
      ask('podium', 'Podium, conductor’s stand, bass stools', { hint: 'What is there.' }),
      ask('piano', 'Piano', { hint: 'Make, length, pitch; tuned when.' }),
      ask('organ', 'Organ', { hint: 'Pitch; is there an organist on duty?' }),
      ask('large', 'Percussion, harps, celesta that we may use', { kind: 'long_text' }),
      ask('power', 'Power on stage'),
      ask('recording', 'Is it recorded or broadcast?', { kind: 'yes_no' }),
      ask('climate', 'Temperature and humidity on stage'),
    ),
    ...section(
      'Backstage',
      ask('rooms', 'Rooms for conductor, soloists, players', { kind: 'long_text' }),
      ask('instruments', 'Room that locks for instruments', { kind: 'yes_no' }),
      choose('catering', 'Meal between rehearsal and concert', ['Canteen is open', 'You cater', 'We see to it']),
      tell('diets', 'Diets and allergies', { kind: 'long_text' }),
      ask('showers', 'Showers'),
      ask('wifi', 'Wi-Fi for players'),
      ask('first-aid', 'First aid on duty', { kind: 'yes_no' }),
    ),
    ...section(
      'Arrival',
      ask('dock', 'Dock', { kind: 'long_text', hint: 'Height, ramp, lift, way to the stage.' }),
      ask('labour', 'Hands for loading', { hint: 'How many, paid by whom.' }),
      ask('parking', 'Parking for truck and coaches', { kind: 'long_text' }),
    ),
    ...section(
      'House',
      ask('tickets', 'Tickets for players and staff', { kind: 'number' }),
      ask('programme', 'Programme book', { hint: 'Who prints it; texts by when.' }),
      ask('security', 'Security and passes'),
      ask('settlement-contact', 'Who settles fee and costs'),
    ),
  ],
};

export const orchestraTemplates = [guestHall] as const;
