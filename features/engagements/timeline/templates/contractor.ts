import { at, type BuiltInSchedule } from './template.ts';

const visit: BuiltInSchedule = {
  key: 'contractor.visit',
  pack: 'contractor',
  name: 'Visit',
  items: [
    at('07:00-07:30', 'yard', 'meeting', { title: 'Yard: load and brief', for: ['b', 'c'] }),
    at('07:30-08:00', 'drive', 'travel', { title: 'Drive to the site', for: ['b', 'c'] }),
    at('08:00-08:15', 'arrive', 'meeting', { title: 'Arrival, keys, safety briefing' }),
    at('08:15-12:00', 'work-1', 'shift', { title: 'Work' }),
    at('12:00-12:45', 'lunch', 'meal', { title: 'Break', for: ['b', 'c'] }),
    at('12:45-15:30', 'work-2', 'shift', { title: 'Work' }),
    at('15:30-16:00', 'clean', 'load_out', { title: 'Clean up and photographs', for: ['b', 'c'] }),
    at('16:00-16:15', 'hand-over', 'meeting', { title: 'Hand-over and signature', for: ['a', 'b'] }),
    at('16:15-16:45', 'back', 'travel', { title: 'Back to the yard', for: ['b', 'c'] }),
  ],
};

const inspection: BuiltInSchedule = {
  key: 'contractor.inspection',
  pack: 'contractor',
  name: 'Survey or inspection',
  items: [
    at('09:00-09:15', 'meet', 'meeting', { title: 'Meet on site', for: ['a', 'b'] }),
    at('09:15-10:30', 'survey', 'other', { title: 'Measure, photograph, note', for: ['b'] }),
    at('10:30-10:45', 'talk', 'meeting', { title: 'What was found', for: ['a', 'b'] }),
    at('16:00-17:00', 'report', 'other', { title: 'Report and estimate', team: true }),
  ],
};

const install: BuiltInSchedule = {
  key: 'contractor.installation',
  pack: 'contractor',
  name: 'Installation over two days',
  items: [
    at('07:30-08:00', 'delivery', 'load_in', { title: 'Delivery', for: ['b', 'c'] }),
    at('08:00-12:00', 'work-1', 'shift', { title: 'Take out the old' }),
    at('12:45-16:00', 'work-2', 'shift', { title: 'Prepare' }),
    at('16:00-16:30', 'secure', 'other', { title: 'Make safe for the night', for: ['b', 'c'] }),
    at('08:00-12:00', 'work-3', 'shift', { title: 'Install', day: 1 }),
    at('12:45-15:00', 'test', 'shift', { title: 'Connect and test', day: 1 }),
    at('15:00-15:30', 'clean', 'load_out', { title: 'Clean up', day: 1, for: ['b', 'c'] }),
    at('15:30-16:00', 'hand-over', 'meeting', { title: 'Hand-over and signature', day: 1, for: ['a', 'b'] }),
  ],
};

export const contractorSchedules = [visit, inspection, install];
