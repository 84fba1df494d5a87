import { at, type BuiltInSchedule } from './template.ts';

const showDay: BuiltInSchedule = {
  key: 'touring.show-day',
  pack: 'touring',
  name: 'Show day',
  items: [
    at('09:00-11:30', 'bus-call', 'travel', { title: 'Bus call' }),
    at('12:00-12:30', 'load-in', 'load_in', { for: ['c'] }),
    at('12:30-15:00', 'set-up', 'other', { title: 'Set-up and focus', for: ['c'] }),
    at('13:30-14:15', 'lunch', 'meal', { title: 'Lunch' }),
    at('15:00-15:45', 'line-check', 'soundcheck', { title: 'Line check', for: ['c'] }),
    at('15:45-17:00', 'soundcheck', 'soundcheck', { for: ['a', 'b', 'c'] }),
    at('17:00-17:45', 'support-check', 'soundcheck', { title: 'Support', for: ['c'] }),
    at('17:45-18:45', 'dinner', 'meal', { title: 'Dinner' }),
    at('19:00-20:00', 'doors', 'doors'),
    at('20:00-20:40', 'support', 'set', { title: 'Support' }),
    at('20:40-21:10', 'changeover', 'other', { title: 'Changeover', for: ['c'] }),
    at('21:10-22:40', 'set', 'set', { title: 'Headline set' }),
    at('22:45-23:30', 'settlement', 'meeting', { title: 'Settlement', team: true }),
    at('23:00-23:05', 'curfew', 'other', { title: 'Curfew' }),
    at('23:00-00:30', 'load-out', 'load_out', { for: ['c'] }),
    at('01:00-01:15', 'bus-leaves', 'travel', { title: 'Bus leaves' }),
  ],
};

const festival: BuiltInSchedule = {
  key: 'touring.festival',
  pack: 'touring',
  name: 'Festival day',
  items: [
    at('11:00-12:00', 'arrive', 'travel', { title: 'Arrival and passes' }),
    at('12:00-13:00', 'load-in', 'load_in', { title: 'To the side of the stage', for: ['c'] }),
    at('13:30-14:30', 'lunch', 'meal', { title: 'Lunch' }),
    at('16:00-17:00', 'prepare', 'other', { title: 'Build on risers', for: ['c'] }),
    at('17:15-17:45', 'line-check', 'soundcheck', { title: 'Changeover and line check', for: ['b', 'c'] }),
    at('17:45-18:45', 'set', 'set', { notes: 'The slot is hard: the power goes off at its end.' }),
    at('18:45-19:15', 'off', 'load_out', { title: 'Off the stage', for: ['c'] }),
    at('19:15-20:00', 'press', 'meeting', { title: 'Press', for: ['a'] }),
    at('19:30-20:30', 'dinner', 'meal', { title: 'Dinner' }),
    at('21:00-22:00', 'load-out', 'load_out', { for: ['c'] }),
    at('22:30-22:45', 'leave', 'travel', { title: 'Departure' }),
  ],
};

const travelDay: BuiltInSchedule = {
  key: 'touring.travel-day',
  pack: 'touring',
  name: 'Travel day',
  items: [
    at('08:30-09:00', 'lobby', 'travel', { title: 'Lobby call' }),
    at('09:00-10:30', 'to-airport', 'travel', { title: 'Transfer to the airport' }),
    at('12:30-15:00', 'flight', 'travel', { title: 'Flight' }),
    at('15:30-16:30', 'to-hotel', 'travel', { title: 'Transfer to the hotel' }),
    at('16:30-17:00', 'check-in', 'other', { title: 'Check-in' }),
    at('19:30-21:00', 'dinner', 'meal', { title: 'Dinner' }),
  ],
};

export const touringSchedules = [showDay, festival, travelDay];
