import { expect, test } from 'vitest';
import type { Change } from '#features/history/contract.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { historySentence, type HistoryNames } from './history-sentences.ts';

const names: HistoryNames = {
  pack: packs.orchestra,
  zone: 'America/New_York',
  nameOf: (id) => ({ hall: 'Geffen Hall', ann: 'Ann' })[id],
};

const change = (fields: Partial<Change>): Change => ({
  id: 1,
  entity: 'engagements',
  entityId: 'e',
  label: null,
  version: 1,
  operation: 'update',
  before: null,
  after: null,
  actor: 'user:1',
  actorName: 'Ada',
  realActor: null,
  realActorName: null,
  session: null,
  address: null,
  hidden: [],
  undoable: true,
  reason: null,
  requestId: null,
  at: '2026-05-01T00:00:00.000Z',
  ...fields,
});
const said = (fields: Partial<Change>) => historySentence(change(fields), names);

test('an engagement’s own changes', () => {
  expect(said({ operation: 'insert', after: { title: 'Mahler 5' } })).toBe('created it');
  expect(said({ before: { title: 'Mahler' }, after: { title: 'Mahler 5' } })).toBe(
    'renamed it from “Mahler” to “Mahler 5”',
  );
  expect(said({ before: { placeId: null }, after: { placeId: 'hall' } })).toBe('put it in Geffen Hall');
  expect(said({ before: { stage: 'planned' }, after: { stage: 'held' } })).toBeNull();
});

test('decisions, contacts and challenges', () => {
  expect(
    said({ entity: 'stage_decisions', operation: 'insert', after: { fromStage: 'planned', toStage: 'held' } }),
  ).toBe('moved it from Planned to Held');
  expect(said({ entity: 'engagement_parties', operation: 'delete', before: { partyId: 'ann', role: 'agent' } })).toBe(
    'removed Ann as agent',
  );
  expect(
    said({
      entity: 'needs',
      label: 'Horn 2',
      before: { droppedAt: null },
      after: { droppedAt: '2026-05-01T00:00:00Z' },
    }),
  ).toBe('removed a need: Horn 2');
  expect(said({ entity: 'challenges', operation: 'insert', after: {} })).toBe('challenged a hold');
});

test('claims: placed, ranked, committed, released', () => {
  const row = {
    resourceId: 'hall',
    status: 'hold',
    rank: 2,
    startsAt: '2026-05-01T23:30:00.000Z',
    endsAt: '2026-05-02T02:00:00.000Z',
  };
  expect(said({ entity: 'claims', operation: 'insert', after: row })).toMatch(
    /^placed a 2nd hold on Geffen Hall, .*May 1, 2026/,
  );
  expect(said({ entity: 'claims', before: { rank: 2 }, after: { rank: 1 } })).toBe('moved a hold to 1st place');
  expect(said({ entity: 'claims', before: { status: 'hold', rank: 1 }, after: { status: 'commit', rank: null } })).toBe(
    'made a hold a booking',
  );
  expect(said({ entity: 'claims', operation: 'delete', before: row })).toMatch(/^released a 2nd hold on Geffen Hall/);
});
