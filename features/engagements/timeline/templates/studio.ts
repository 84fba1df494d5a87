import { at, type BuiltInSchedule } from './template.ts';

const shootDay: BuiltInSchedule = {
  key: 'studio.shoot-day',
  pack: 'studio',
  name: 'Shoot day',
  items: [
    at('06:30-07:00', 'crew-call', 'other', { title: 'Crew call', for: ['c'] }),
    at('07:00-08:30', 'rig', 'load_in', { title: 'Rig and light', for: ['c'] }),
    at('07:30-09:00', 'make-up', 'other', { title: 'Make-up and wardrobe', for: ['a'] }),
    at('08:30-09:00', 'blocking', 'rehearsal', { title: 'Blocking' }),
    at('09:00-13:00', 'morning', 'recording', { title: 'Scenes of the morning' }),
    at('13:00-14:00', 'lunch', 'meal', { title: 'Lunch' }),
    at('14:00-18:00', 'afternoon', 'recording', { title: 'Scenes of the afternoon' }),
    at('18:00-18:30', 'wrap', 'meeting', { title: 'Wrap and next day', for: ['b', 'c'] }),
    at('18:00-19:30', 'strike', 'load_out', { title: 'Strike', for: ['c'] }),
    at('18:30-19:30', 'data', 'other', { title: 'Data copied and checked', for: ['c'] }),
  ],
};

const photoDay: BuiltInSchedule = {
  key: 'studio.photo-day',
  pack: 'studio',
  name: 'Photo day',
  items: [
    at('08:00-09:30', 'set-up', 'load_in', { title: 'Set-up and test shots', for: ['b', 'c'] }),
    at('08:30-10:00', 'make-up', 'other', { title: 'Hair, make-up, styling', for: ['a'] }),
    at('10:00-13:00', 'looks-1', 'recording', { title: 'First looks' }),
    at('13:00-13:45', 'lunch', 'meal', { title: 'Lunch' }),
    at('13:45-17:00', 'looks-2', 'recording', { title: 'Further looks' }),
    at('17:00-17:30', 'select', 'meeting', { title: 'First selection with the client', for: ['a', 'b'] }),
    at('17:30-18:30', 'strike', 'load_out', { title: 'Strike', for: ['c'] }),
  ],
};

const session: BuiltInSchedule = {
  key: 'studio.sound-session',
  pack: 'studio',
  name: 'Sound session',
  items: [
    at('10:00-11:30', 'set-up', 'load_in', { title: 'Set-up and line check', for: ['b', 'c'] }),
    at('11:30-14:00', 'takes-1', 'recording', { title: 'Takes' }),
    at('14:00-15:00', 'lunch', 'meal', { title: 'Lunch' }),
    at('15:00-18:30', 'takes-2', 'recording', { title: 'Takes' }),
    at('18:30-19:30', 'mix', 'meeting', { title: 'Rough mix and listening', for: ['a', 'b'] }),
  ],
};

export const studioSchedules = [shootDay, photoDay, session];
