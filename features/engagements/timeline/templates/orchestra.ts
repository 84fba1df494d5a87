import { at, type BuiltInSchedule } from './template.ts';

const projectWeek: BuiltInSchedule = {
  key: 'orchestra.project-week',
  pack: 'orchestra',
  name: 'Project week',
  items: [
    at('08:00-09:30', 'stage', 'load_in', { title: 'Stage set', for: ['c'] }),
    at('10:00-12:30', 'rehearsal-1', 'rehearsal', { title: 'Tutti' }),
    at('14:00-16:30', 'rehearsal-2', 'rehearsal', { title: 'Tutti' }),
    at('10:00-12:30', 'rehearsal-3', 'rehearsal', { title: 'Tutti', day: 1 }),
    at('14:00-16:30', 'rehearsal-4', 'rehearsal', { title: 'With soloists', day: 1 }),
    at('10:00-12:30', 'dress', 'dress_rehearsal', { day: 2 }),
    at('18:30-19:15', 'talk', 'other', { title: 'Introduction', day: 2, for: ['a'] }),
    at('19:00-19:30', 'doors', 'doors', { day: 2 }),
    at('19:30-21:45', 'concert-1', 'concert', { day: 2 }),
    at('19:00-19:30', 'doors-2', 'doors', { day: 3 }),
    at('19:30-21:45', 'concert-2', 'concert', { day: 3 }),
    at('21:45-23:00', 'strike', 'load_out', { day: 3, for: ['c'] }),
  ],
};

const runOut: BuiltInSchedule = {
  key: 'orchestra.run-out',
  pack: 'orchestra',
  name: 'Run-out',
  items: [
    at('09:00-10:00', 'truck', 'load_in', { title: 'Truck loads', for: ['c'] }),
    at('12:30-15:00', 'coach', 'travel', { title: 'Coach' }),
    at('13:30-16:00', 'stage', 'load_in', { title: 'Stage set there', for: ['c'] }),
    at('16:30-17:30', 'seating', 'rehearsal', { title: 'Seating rehearsal' }),
    at('17:30-18:45', 'dinner', 'meal', { title: 'Dinner' }),
    at('19:30-21:45', 'concert', 'run_out'),
    at('21:45-23:00', 'strike', 'load_out', { for: ['c'] }),
    at('22:15-00:45', 'home', 'travel', { title: 'Coach home' }),
  ],
};

const recording: BuiltInSchedule = {
  key: 'orchestra.recording',
  pack: 'orchestra',
  name: 'Recording day',
  items: [
    at('08:00-09:45', 'microphones', 'soundcheck', { title: 'Microphones and balance', for: ['c'] }),
    at('10:00-13:00', 'session-1', 'recording', {
      title: 'Session 1',
      notes: 'A break of 20 minutes in each session.',
    }),
    at('13:00-14:00', 'lunch', 'meal', { title: 'Lunch' }),
    at('14:00-17:00', 'session-2', 'recording', { title: 'Session 2' }),
    at('17:15-18:00', 'listening', 'meeting', { title: 'Listening', for: ['a'] }),
  ],
};

export const orchestraSchedules = [projectWeek, runOut, recording];
