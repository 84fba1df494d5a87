import { RawJson } from '#platform/contract/raw-json.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { guests } from '../contract.ts';
import { addAllotment, changeAllotment, removeAllotment, setList } from './allotments.ts';
import { arrive } from './arrivals.ts';
import { addGuests, changeGuest, decideGuests, removeGuest, type Asker } from './commands.ts';
import { guestJobs } from './jobs.ts';
import { exportGuests, getAllotment, getDoor, getGuest, getGuestList, getList } from './queries.ts';

const askerOf = ({ caller, own }: OrgContext): Asker => ({ approves: caller.can('guests.approve'), own });

export const guestsFeature = feature(
  guests,
  {
    get: async ({ tx, services, own }, { params }) =>
      RawJson.of(await getGuestList(tx, services.databases.control, params.id, own)),
    async setList({ tx }, { params, body }) {
      await setList(tx, params.id, body);
      return getList(tx, params.id);
    },
    addAllotment: async ({ tx }, { params, body }) => getAllotment(tx, await addAllotment(tx, params.id, body)),
    async changeAllotment({ tx }, { params, body }) {
      await changeAllotment(tx, params.id, body);
      return getAllotment(tx, params.id);
    },
    removeAllotment: ({ tx }, { params }) => removeAllotment(tx, params.id).then(() => undefined),
    async add(context, { params, body: { approve, allotmentId, ...row } }) {
      const [id = ''] = await addGuests(context.tx, params.id, { allotmentId, rows: [row], approve }, askerOf(context));
      return getGuest(context.tx, context.services.databases.control, id);
    },
    async import(context, { params, body: { guests: rows, ...rest } }) {
      const added = await addGuests(context.tx, params.id, { rows, ...rest }, askerOf(context));
      return { added: added.length };
    },
    async change(context, { params, body }) {
      await changeGuest(context.tx, params.id, body, askerOf(context));
      return getGuest(context.tx, context.services.databases.control, params.id);
    },
    remove: (context, { params }) => removeGuest(context.tx, params.id, askerOf(context)).then(() => undefined),
    decide: ({ tx }, { body }) => decideGuests(tx, body),
    door: ({ tx, own }, { params }) => getDoor(tx, params.id, own),
    arrive: ({ tx, own }, { params, body }) => arrive(tx, params.id, body, own),
    export: ({ tx, services }, { params }) => exportGuests(tx, services.databases.control, params.id),
  },
  guestJobs,
);
