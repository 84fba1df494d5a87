import { feature } from '#platform/http/feature.ts';
import { needs } from '../contract.ts';
import { applyFormula, previewFormula } from './apply-formula.ts';
import { changeNeed, createNeed, removeNeed } from './commands.ts';
import { listOpenSeats } from './open-seats.ts';
import { getGrid, getNeed } from './queries.ts';
import { moveSeat, seatByHand, takeOff } from './seat-by-hand.ts';
import { seatRoster } from './seat-roster.ts';

export const needsFeature = feature(needs, {
  grid: ({ tx }, { params }) => getGrid(tx, params.id),
  open: ({ tx }, { query }) => listOpenSeats(tx, query),
  create: async ({ tx }, { params, body }) => getNeed(tx, await createNeed(tx, params.id, body)),
  async change({ tx }, { params, body }) {
    await changeNeed(tx, params.id, body);
    return getNeed(tx, params.id);
  },
  async remove({ tx }, { params, query }) {
    await removeNeed(tx, params.id, query.release);
    return undefined;
  },
  previewFormula: ({ tx }, { params, body }) => previewFormula(tx, params.id, body.works),
  applyFormula: ({ tx }, { params, body }) => applyFormula(tx, params.id, body.works, body.release),
  seatRoster: ({ tx }, { params }) => seatRoster(tx, params.id),
  take: ({ tx }, { params, body }) => seatByHand(tx, params.id, body),
  leave: ({ tx }, { params, body }) => takeOff(tx, params.id, body),
  move: async ({ tx }, { params, body }) => ({ seats: await moveSeat(tx, params.id, body.seatId) }),
});
