import { at, type BuiltInSchedule } from './template.ts';

const concert: BuiltInSchedule = {
  key: 'venue.concert-night',
  pack: 'venue',
  name: 'Concert or club night',
  items: [
    at('10:00-12:00', 'house-call', 'other', { title: 'House technicians', for: ['b', 'c'] }),
    at('12:00-14:00', 'load-in', 'load_in', { for: ['b', 'c'] }),
    at('14:00-17:00', 'soundcheck', 'soundcheck'),
    at('17:00-18:00', 'dinner', 'meal', { title: 'Crew dinner' }),
    at('17:30-18:15', 'briefing', 'meeting', { title: 'Security and bar briefing', for: ['b', 'c'] }),
    at('18:15-18:45', 'house-check', 'other', { title: 'House check: exits, bars, cloakroom', for: ['b'] }),
    at('19:00-20:00', 'doors', 'doors'),
    at('20:00-20:40', 'support', 'set', { title: 'Support' }),
    at('20:40-21:00', 'changeover', 'other', { title: 'Changeover', for: ['b', 'c'] }),
    at('21:00-22:30', 'headline', 'set', { title: 'Headline' }),
    at('22:30-23:15', 'settlement', 'meeting', { title: 'Settlement', team: true }),
    at('22:30-00:30', 'load-out', 'load_out', { for: ['b', 'c'] }),
    at('23:00-23:05', 'curfew', 'other', { title: 'Curfew' }),
    at('00:30-01:00', 'close', 'other', { title: 'Lock up and count', for: ['b'] }),
  ],
};

const conference: BuiltInSchedule = {
  key: 'venue.conference',
  pack: 'venue',
  name: 'Conference or function',
  items: [
    at('15:00-20:00', 'build', 'load_in', { title: 'Build', day: -1, for: ['b', 'c'] }),
    at('07:00-08:00', 'test', 'soundcheck', { title: 'Technical test', for: ['b', 'c'] }),
    at('08:00-09:00', 'arrival', 'doors', { title: 'Arrival and coffee' }),
    at('09:00-12:30', 'morning', 'other', { title: 'Morning sessions' }),
    at('12:30-13:30', 'lunch', 'meal', { title: 'Lunch' }),
    at('13:30-17:00', 'afternoon', 'other', { title: 'Afternoon sessions' }),
    at('17:00-18:00', 'turn', 'other', { title: 'Turn the room', for: ['b', 'c'] }),
    at('18:00-22:00', 'dinner', 'meal', { title: 'Reception and dinner' }),
    at('22:00-00:30', 'strike', 'load_out', { title: 'Strike', for: ['b', 'c'] }),
  ],
};

const hire: BuiltInSchedule = {
  key: 'venue.private-hire',
  pack: 'venue',
  name: 'Private hire',
  items: [
    at('12:00-15:00', 'access', 'load_in', { title: 'Client’s access' }),
    at('15:00-16:00', 'walk', 'meeting', { title: 'Walk-through with the client', for: ['a', 'b'] }),
    at('17:00-17:30', 'briefing', 'meeting', { title: 'Staff briefing', for: ['b', 'c'] }),
    at('18:00-19:00', 'doors', 'doors', { title: 'Guests arrive' }),
    at('19:00-21:30', 'dinner', 'meal', { title: 'Dinner' }),
    at('21:30-00:30', 'party', 'set', { title: 'Music' }),
    at('00:30-01:00', 'end', 'other', { title: 'Last drinks and house lights' }),
    at('01:00-02:30', 'clear', 'load_out', { title: 'Clear', for: ['b', 'c'] }),
  ],
};

export const venueSchedules = [concert, conference, hire];
