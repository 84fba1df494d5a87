import { expect, test } from 'vitest';
import { packs } from '#features/organisations/packs/packs.ts';
import { firstStage, stageMove, stageOf } from './rules.ts';

test('every pack: unconfirmed work reaches open and lost stages only; confirmed work every stage', () => {
  for (const pack of Object.values(packs)) {
    for (const { key, kind } of pack.stages) {
      const happens = kind === 'won' || kind === 'done';
      const unconfirmed = { move: { releases: kind === 'lost', unconfirms: false } };
      expect(stageMove(pack, key, false)).toEqual(happens ? { refused: 'needs_confirm' } : unconfirmed);
      expect(stageMove(pack, key, true)).toEqual({ move: { releases: kind === 'lost', unconfirms: !happens } });
    }
    expect(stageMove(pack, pack.confirmedStage, false)).toEqual({ refused: 'needs_confirm' });
    expect(stageOf(pack, firstStage(pack))?.kind).toBe('open');
  }
});

test('a stage of another pack is unknown', () => {
  expect(stageMove(packs.orchestra, 'advanced', true)).toEqual({ refused: 'unknown' });
  expect(stageMove(packs.touring, 'rehearsed', false)).toEqual({ refused: 'unknown' });
});
