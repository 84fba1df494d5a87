import { describe, expect, it } from 'vitest';
import { resource as resourceEntity, type Resource } from '../resources/contract.ts';
import { boardRows, noFilter, tracksOf, wholeDays, type BoardRow, type RowOptions } from './board-rules.ts';
import type { Claim } from './contract.ts';
import { ticksBetween } from './timeline-clock-rules.ts';

const at = (text: string) => Date.parse(text);
const zone = 'Europe/Berlin';
const days = Float64Array.from(ticksBetween(at('2026-03-01T00:00:00Z'), at('2026-05-01T00:00:00Z'), 'day', zone));

const stamps = { version: 1, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };

function resource(id: string, fields: Partial<Resource> = {}): Resource {
  const made = resourceEntity.create.parse({ kind: 'person', name: id, zone });
  return { ...made, ...stamps, archivedAt: null, ...fields, id };
}

function claim(id: string, resourceId: string, fields: Partial<Claim> = {}): Claim {
  const time = { startsAt: '2026-04-01T17:30:00.000Z', endsAt: '2026-04-01T20:00:00.000Z', zone };
  const what = {
    engagementId: null,
    engagementTitle: null,
    groupId: id,
    note: '',
    units: 1,
    expiresAt: null,
    challenge: null,
    inquiryId: null,
  };
  return { id, resourceId, ...stamps, ...time, ...what, status: 'commit', rank: null, ...fields };
}

describe('whole days', () => {
  const drawn = (start: string, end: string) => {
    const span = wholeDays({ id: 'a', start: at(start), end: at(end) }, days);
    return [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
  };

  it('draws a concert as its day, also on the day of 23 hours', () => {
    expect(drawn('2026-03-29T17:30:00Z', '2026-03-29T20:00:00Z')).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('counts what ends late at night to the day before', () => {
    expect(drawn('2026-04-01T18:00:00Z', '2026-04-02T02:00:00Z')).toEqual([
      '2026-03-31T22:00:00.000Z',
      '2026-04-01T22:00:00.000Z',
    ]);
    expect(drawn('2026-04-02T00:00:00Z', '2026-04-02T01:00:00Z')).toEqual([
      '2026-04-01T22:00:00.000Z',
      '2026-04-02T22:00:00.000Z',
    ]);
  });

  it('keeps whole days as they are', () => {
    expect(drawn('2026-03-31T22:00:00Z', '2026-04-03T22:00:00Z')).toEqual([
      '2026-03-31T22:00:00.000Z',
      '2026-04-03T22:00:00.000Z',
    ]);
  });
});

describe('rows', () => {
  const hall = resource('hall', { kind: 'place', name: 'Hall' });
  const stage = resource('stage', { kind: 'place', name: 'Stage', parentId: 'hall' });
  const ax = resource('ax', { name: 'Ax', skills: [{ skill: 'Piano', level: 5 }], tags: ['guest', 'soloist'] });
  const claims = [
    claim('c', 'ax'),
    claim('h2', 'hall', { status: 'hold', rank: 2 }),
    claim('h1', 'hall', { status: 'hold', rank: 1 }),
  ];
  const options: RowOptions = {
    resources: [ax, hall, stage],
    tracks: tracksOf(claims, null),
    filter: noFilter,
    grouping: 'kind',
    collapsed: new Set(),
    kindWords: { person: 'People', place: 'Spaces', thing: 'Things' },
  };
  const names = (rows: BoardRow[]) =>
    rows.map((row) => (row.type === 'group' ? `${row.label} (${row.count})` : row.resource.name));

  it('groups by kind, parent place, tag and skill', () => {
    expect(names(boardRows(options))).toEqual(['Spaces (2)', 'Hall', 'Stage', 'People (1)', 'Ax']);
    expect(names(boardRows({ ...options, grouping: 'place' }))).toEqual([
      'Hall (1)',
      'Stage',
      'Not part of a place (2)',
      'Ax',
      'Hall',
    ]);
    expect(names(boardRows({ ...options, grouping: 'skill' }))).toEqual([
      'Piano (1)',
      'Ax',
      'Without a skill (2)',
      'Hall',
      'Stage',
    ]);
  });

  it('shows who has two tags twice, under different keys', () => {
    const rows = boardRows({ ...options, grouping: 'tag', filter: { ...noFilter, text: 'ax' } });
    expect(names(rows)).toEqual(['guest (1)', 'Ax', 'soloist (1)', 'Ax']);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
  });

  it('filters by text, skill and claims, and hides the rows of a collapsed group', () => {
    expect(names(boardRows({ ...options, grouping: 'none', filter: { ...noFilter, skill: 'Piano' } }))).toEqual(['Ax']);
    expect(names(boardRows({ ...options, grouping: 'none', filter: { ...noFilter, onlyClaimed: true } }))).toEqual([
      'Ax',
      'Hall',
    ]);
    expect(names(boardRows({ ...options, collapsed: new Set(['Spaces']) }))).toEqual([
      'Spaces (2)',
      'People (1)',
      'Ax',
    ]);
  });

  it('packs holds by rank from the top', () => {
    const track = options.tracks.get('hall');
    expect(track?.spans.map(({ id }, index) => [id, track.lanes[index]])).toEqual([
      ['h1', 0],
      ['h2', 1],
    ]);
  });
});
