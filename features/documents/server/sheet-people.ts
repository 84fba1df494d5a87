import type { PackName } from '#features/organisations/packs/pack.ts';
import { groupNames, type GroupKey, type GroupNames } from '#features/engagements/people/group-words.ts';
import { getRosterSettings } from '#features/engagements/people/server/settings.ts';
import type { Circle } from '#features/engagements/timeline/audience-rules.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { SheetReader } from './sheet-source.ts';

/** Somebody on the roster of an engagement. */
export interface SheetPerson {
  engagementId: string;
  id: string;
  /** Null for a contact. */
  resourceId: string | null;
  name: string;
  groupKey: GroupKey;
  role: string;
  standing: string;
  /** Null where the reader may not see it. */
  phone: string | null;
  email: string | null;
}

/** Who may not see the roster finds themselves on it. */
export function listSheetPeople(tx: Tx, ids: readonly string[], reader: SheetReader): Promise<SheetPerson[]> {
  const { own } = reader;
  const account = own && 'account' in own ? own.account : null;
  const person = own && 'person' in own ? own.person : null;
  return tx.query<SheetPerson>(
    `select e.engagement_id as "engagementId", e.id, e.resource_id as "resourceId", coalesce(r.name, p.name) as name,
            e.group_key as "groupKey", e.role, standing_of(e) as standing,
            case when r.id is not null then case when $6 then r.phone end when $7 then p.phone end as phone,
            case when r.id is not null then case when $6 then r.email end when $7 then p.email end as email
       from engagement_people e
       left join resources r on r.org_id = $1 and r.id = e.resource_id
       left join parties p on p.org_id = $1 and p.id = e.party_id
      where e.org_id = $1 and e.engagement_id = any($2::uuid[])
        and ($3 or r.user_id = $4::uuid or p.user_id = $4::uuid or r.id = $5::uuid)
      order by e.group_key, e.sort, e.id`,
    [
      tx.scope.orgId,
      ids,
      reader.can('people.read'),
      account,
      person,
      reader.can('resources.contacts'),
      reader.can('parties.contacts'),
    ],
  );
}

/** What each pack's groups are called here. */
export async function groupNamesOf(tx: Tx): Promise<(pack: PackName) => GroupNames> {
  const { groupNames: own } = await getRosterSettings(tx);
  return (pack) => groupNames(pack, own);
}

/** Which copy it is, for whoever finds it lying about: empty for one that everybody may have. */
export function copyWords(
  circle: Circle | undefined,
  names: GroupNames,
  { holdsMore, ofTeam }: { holdsMore: boolean; ofTeam: boolean },
): string {
  if (circle === undefined) return !holdsMore ? '' : ofTeam ? 'Team copy' : 'Personal copy';
  return circle === 'everyone' ? '' : names[circle];
}
