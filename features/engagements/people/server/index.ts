import { RawJson } from '#platform/contract/raw-json.ts';
import { feature, type OrgContext } from '#platform/http/feature.ts';
import { people } from '../contract.ts';
import { addEntry, changeEntry, moveEntry, removeEntry, setConfirmed, substitute } from './commands.ts';
import { addBooked, copyPeople } from './gather.ts';
import { exportPeople, getEntry, listPeople, type RosterReader } from './queries.ts';
import { getRosterSettings, setRosterSettings } from './settings.ts';

const readerOf = ({ caller, own }: OrgContext): RosterReader => ({
  can: (permission) => caller.can(permission),
  userId: caller.userId,
  own,
});

export const peopleFeature = feature(people, {
  async list(context, { params }) {
    const { items, groups } = await listPeople(context.tx, params.id, readerOf(context));
    return RawJson.of({ items, groups });
  },
  async add(context, { params, body }) {
    return getEntry(context.tx, await addEntry(context.tx, params.id, body), readerOf(context));
  },
  addBooked: ({ tx }, { params }) => addBooked(tx, params.id),
  copy: ({ tx }, { params, body }) => copyPeople(tx, params.id, body.engagementId),
  async change(context, { params, body }) {
    await changeEntry(context.tx, params.id, body);
    return getEntry(context.tx, params.id, readerOf(context));
  },
  async setConfirmed(context, { params, body }) {
    await setConfirmed(context.tx, params.id, body.confirmed);
    return getEntry(context.tx, params.id, readerOf(context));
  },
  async move(context, { params, body }) {
    await moveEntry(context.tx, params.id, body);
    return getEntry(context.tx, params.id, readerOf(context));
  },
  async substitute(context, { params, body }) {
    return getEntry(context.tx, await substitute(context.tx, params.id, body), readerOf(context));
  },
  remove: ({ tx }, { params }) => removeEntry(tx, params.id).then(() => undefined),
  export: (context, { params }) => exportPeople(context.tx, params.id, readerOf(context)),
  getSettings: ({ tx }) => getRosterSettings(tx),
  async setSettings({ tx }, { body }) {
    await setRosterSettings(tx, body);
    return getRosterSettings(tx);
  },
});
