import { feature } from '#platform/http/feature.ts';
import { travel } from '../contract.ts';
import { copyTravel } from './copy.ts';
import { getTravel } from './engagement-travel.ts';
import { exportLegs, exportRooms } from './export.ts';
import {
  addHotel,
  addRooms,
  changeHotel,
  changeRoom,
  removeHotel,
  removeRoom,
  removeSleeper,
  setSleepers,
} from './hotels.ts';
import { addLeg, changeLeg, removeLeg, removeTraveller, setTravellers } from './legs.ts';
import { payPerDiems, removePerDiems, setPerDiems } from './per-diems.ts';
import { getHotel, getLeg, listMine, listOfSeries, sightOf } from './queries.ts';

/** Yesterday's night may still be going on. */
const dayBefore = (now: Date) => new Date(now.getTime() - 86_400_000).toISOString();

export const travelFeature = feature(travel, {
  get: (context, { params }) =>
    getTravel(context.tx, params.id, sightOf(context), context.caller.can('engagements.read')),
  mine: async (context, { query }) => ({
    items: await listMine(context.tx, sightOf(context), query.from ?? dayBefore(context.scope.now)),
  }),
  ofSeries: (context, { params }) => listOfSeries(context.tx, params.id, sightOf(context)),
  addLeg: async (context, { params, body }) =>
    getLeg(context.tx, await addLeg(context.tx, params.id, body), sightOf(context)),
  async changeLeg(context, { params, body }) {
    await changeLeg(context.tx, params.id, body);
    return getLeg(context.tx, params.id, sightOf(context));
  },
  removeLeg: ({ tx }, { params }) => removeLeg(tx, params.id).then(() => undefined),
  async setTravellers(context, { params, body }) {
    await setTravellers(context.tx, params.id, body.people);
    return getLeg(context.tx, params.id, sightOf(context));
  },
  removeTraveller: ({ tx }, { params }) => removeTraveller(tx, params.id, params.personId).then(() => undefined),
  addHotel: async (context, { params, body }) =>
    getHotel(context.tx, await addHotel(context.tx, params.id, body), sightOf(context)),
  async changeHotel(context, { params, body }) {
    await changeHotel(context.tx, params.id, body);
    return getHotel(context.tx, params.id, sightOf(context));
  },
  removeHotel: ({ tx }, { params }) => removeHotel(tx, params.id).then(() => undefined),
  async addRooms(context, { params, body }) {
    await addRooms(context.tx, params.id, body);
    return getHotel(context.tx, params.id, sightOf(context));
  },
  changeRoom: async (context, { params, body }) =>
    getHotel(context.tx, await changeRoom(context.tx, params.id, body), sightOf(context)),
  removeRoom: ({ tx }, { params }) => removeRoom(tx, params.id).then(() => undefined),
  setSleepers: async (context, { params, body }) =>
    getHotel(context.tx, await setSleepers(context.tx, params.id, body.personIds), sightOf(context)),
  removeSleeper: ({ tx }, { params }) => removeSleeper(tx, params.id, params.personId).then(() => undefined),
  setPerDiems: ({ tx }, { params, body }) => setPerDiems(tx, params.id, body),
  payPerDiems: ({ tx }, { body }) => payPerDiems(tx, body),
  removePerDiems: ({ tx }, { body }) => removePerDiems(tx, body.ids),
  copy: ({ tx }, { params, body }) => copyTravel(tx, params.id, body),
  export: (context, { params }) => exportLegs(context.tx, params.id, sightOf(context)),
  exportRooms: (context, { params }) => exportRooms(context.tx, params.id, sightOf(context)),
});
