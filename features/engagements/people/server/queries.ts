import type { PackName } from '#features/organisations/packs/pack.ts';
import { requirePart } from '#features/engagements/server/queries.ts';
import { notFound } from '#platform/contract/errors.ts';
import { rowColumns, type RowShape } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { csvLine } from '#platform/text/csv.ts';
import { rosterEntry, type RosterEntry } from '../contract.ts';
import { groupKeys, groupNames, type GroupKey } from '../group-words.ts';
import { isSure } from '../rules.ts';
import { getRosterSettings } from './settings.ts';

/** What somebody may see of a roster: as `Caller` says of them. */
export interface RosterReader {
  can(permission: string): boolean;
  userId?: string | undefined;
  /** Set: only of engagements in which this account takes part, and only what those on it see of each other. */
  own?: string | undefined;
}

const nameOf = (entry: string) => `coalesce(
  (select x.name from resources x where x.org_id = ${entry}.org_id and x.id = ${entry}.resource_id),
  (select x.name from parties x where x.org_id = ${entry}.org_id and x.id = ${entry}.party_id))`;

/**
 * Everything; `shownTo` takes away what its reader may not see. Whose it is stands in `mine` until then. The standing is
 * what `standing_of` says (a test compares them), whose call for each entry took half of a roster's time.
 */
export const entryShape: RowShape = {
  entity: rosterEntry,
  joins: `left join resources p on p.org_id = r.org_id and p.id = r.resource_id
    left join parties c on c.org_id = r.org_id and c.id = r.party_id
    left join engagement_people stand_in on stand_in.org_id = r.org_id and stand_in.stands_in_for = r.id
    left join lateral (
      select bool_or(held.status = 'commit') as booked from claims held
       where held.org_id = r.org_id and held.engagement_id = r.engagement_id and held.resource_id = r.resource_id) claim on true`,
  computed: {
    name: 'coalesce(p.name, c.name)',
    standing: `case when stand_in.id is not null then 'replaced' when claim.booked then 'booked'
      when r.confirmed_at is not null then 'confirmed' when claim.booked is not null then 'held' else 'open' end`,
    standsInFor: `case when r.stands_in_for is not null then (
      select ${nameOf('o')} from engagement_people o where o.org_id = r.org_id and o.id = r.stands_in_for) end`,
    standIn: `case when stand_in.id is not null then ${nameOf('stand_in')} end`,
    email: 'coalesce(p.email, c.email)',
    phone: 'coalesce(p.phone, c.phone)',
    mine: 'coalesce(p.user_id, c.user_id)',
  },
};

type WholeEntry = Omit<RosterEntry, 'mine'> & { mine: string | null };

function readEntries(tx: Tx, condition: string, value: string): Promise<WholeEntry[]> {
  return tx.query<WholeEntry>(
    `select ${rowColumns(entryShape)} from engagement_people r ${entryShape.joins}
      where r.org_id = $1 and ${condition} order by r.group_key, r.sort, r.id`,
    [tx.scope.orgId, value],
  );
}

/** @param shared whether those on an engagement see how to reach each other */
function shownTo(reader: RosterReader, shared: boolean, { mine, ...entry }: WholeEntry): RosterEntry {
  const account = reader.own ?? reader.userId;
  const isMine = account !== undefined && mine === account;
  const reaches = reader.own
    ? shared || isMine
    : reader.can(entry.resourceId ? 'resources.contacts' : 'parties.contacts');
  return {
    ...entry,
    callNote: reader.own && !isMine ? '' : entry.callNote,
    email: reaches ? entry.email : null,
    phone: reaches ? entry.phone : null,
    mine: isMine,
  };
}

/**
 * Who is on an engagement, by group and order, and what the groups are called.
 * @throws AppError not_found
 */
export async function listPeople(tx: Tx, engagementId: string, reader: RosterReader) {
  if (reader.own) await requirePart(tx, engagementId, reader.own);
  const [[engagement], settings, entries] = await Promise.all([
    tx.query<{ pack: PackName; title: string }>('select pack, title from engagements where org_id = $1 and id = $2', [
      tx.scope.orgId,
      engagementId,
    ]),
    getRosterSettings(tx),
    readEntries(tx, 'r.engagement_id = $2', engagementId),
  ]);
  // Worded as other reads of an engagement are: the contact sheet asks several at once.
  if (!engagement) throw notFound();
  const names = groupNames(engagement.pack, settings.groupNames);
  return {
    title: engagement.title,
    groups: groupKeys.map((key) => ({ key, name: names[key] })),
    items: entries
      // Who is only thought of is the team's business.
      .filter(({ standing }) => !reader.own || isSure(standing))
      .map((entry) => shownTo(reader, settings.contactsShared, entry)),
  };
}

/** @throws AppError not_found */
export async function getEntry(tx: Tx, id: string, reader: RosterReader): Promise<RosterEntry> {
  const [entry] = await readEntries(tx, 'r.id = $2', id);
  if (!entry) throw notFound('This person');
  return shownTo(reader, false, entry);
}

export async function exportPeople(tx: Tx, engagementId: string, reader: RosterReader): Promise<string> {
  const { items, groups } = await listPeople(tx, engagementId, reader);
  const groupOf = (key: GroupKey) => groups.find((group) => group.key === key)?.name ?? key;
  const lines = items.map((entry) =>
    csvLine([
      groupOf(entry.groupKey),
      entry.name,
      entry.role,
      entry.standing,
      entry.callNote,
      entry.phone,
      entry.email,
      entry.standsInFor ?? '',
      entry.standIn ?? '',
    ]),
  );
  const heading = ['Group', 'Name', 'Role', 'Standing', 'Call note', 'Phone', 'E-mail', 'Stands in for', 'Replaced by'];
  return csvLine(heading) + lines.join('');
}
