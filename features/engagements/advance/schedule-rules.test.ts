import { expect, test } from 'vitest';
import { timesOn } from '#features/engagements/timeline/template-rules.ts';
import { builtInSchedules } from '#features/engagements/timeline/templates/built-in-rules.ts';
import { differs, saidTo, type Planned } from './schedule-rules.ts';
import { builtInTemplates } from './templates/built-in-rules.ts';

const zone = 'Europe/Berlin';

/** A built-in schedule as it stands on an engagement. */
function planned(key: string): Planned[] {
  const schedule = builtInSchedules.find((each) => each.key === key);
  return (schedule?.items ?? []).map(({ kind, title, seenBy, ...times }) => ({
    kind,
    title,
    seenBy,
    zone,
    begins: '2029-05-01T17:00:00.000Z',
    ...timesOn(times, '2029-05-01', zone),
  }));
}

const said = (title: string, schedule: readonly Planned[]) =>
  saidTo({ kind: 'time', title }, schedule).map(({ time }) => time);

test('what asks for a time finds it by its own title, a kind’s name, or what the trade calls that', () => {
  const show = planned('touring.show-day');
  for (const title of ['Load-in', 'load in', 'LOAD-IN', 'Load-in from', 'Load-in time', 'Get-in'])
    expect(said(title, show), title).toEqual(['12:00']);
  expect(said('Doors open', show)).toEqual(['19:00']);
  expect(said('Curfew', show)).toEqual(['23:00']);
  expect(said('Load-out', show)).toEqual(['23:00']);
  expect(said('Load-out until', show)).toEqual(['00:30']);
  expect(said('Line check', show)).toEqual(['15:00']);
  expect(said('Concert begins', planned('orchestra.run-out'))).toEqual(['19:30']);
  for (const title of ['Doors close', 'Before doors', 'Until', ' ', '!', 'Building open from', 'Other things'])
    expect(said(title, show), title).toEqual([]);
  expect(said('Load-in', [])).toEqual([]);
});

test('what stands for its kind alone goes first; else all of the kind are said', () => {
  const show = planned('touring.show-day');
  expect(said('Soundcheck', show)).toEqual(['15:45']);
  expect(said('Stage time', show)).toEqual(['20:00', '21:10']);
  expect(saidTo({ kind: 'time', title: 'Set time' }, show)).toMatchObject([
    { name: 'Set: Support', day: null },
    { name: 'Set: Headline set', day: null },
  ]);
  // The same time on several days is one answer, of no day in particular.
  expect(saidTo({ kind: 'time', title: 'Doors' }, planned('orchestra.project-week'))).toMatchObject([
    { time: '19:00', day: null },
  ]);
  expect(saidTo({ kind: 'text', title: 'Soundcheck' }, show)).toEqual([]);
});

test('an answer differs when the schedule has times, and none is it', () => {
  const times = [{ time: '20:00' }, { time: '21:10' }];
  expect(differs('21:10', times)).toBe(false);
  expect(differs('21:15', times)).toBe(true);
  expect(differs('', times)).toBe(false);
  expect(differs('21:15', [])).toBe(false);
});

test('a built-in checklist and the schedule of its kind of day know each other', () => {
  const known = (checklist: string, schedule: string) =>
    builtInTemplates
      .find(({ key }) => key === checklist)
      ?.items.filter((item) => saidTo(item, planned(schedule)).length > 0)
      .map(({ id }) => id);
  expect(known('touring.club-show', 'touring.show-day')).toEqual(
    'load-in soundcheck doors stage-time curfew load-out'.split(' '),
  );
  expect(known('touring.festival', 'touring.festival')).toEqual(['load-in', 'stage-time']);
  expect(known('venue.concert', 'venue.concert-night')).toEqual('load-in soundcheck doors curfew'.split(' '));
  expect(known('orchestra.guest-hall', 'orchestra.project-week')).toEqual(['doors', 'concert']);
});
