import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { skillOf, type InstrumentCode } from '#features/calls/instruments/instrument-rules.ts';

interface Player {
  resourceId: string;
  instruments: readonly InstrumentCode[];
}

/** Who sits on a chair plays its instruments: skills that are missing, whatever their case, are added. */
export async function addSkills(tx: Tx, players: readonly Player[]): Promise<void> {
  const skills = players.flatMap(({ resourceId, instruments }) =>
    [...new Set(instruments.map(skillOf))].map((skill) => ({ id: uuidv7(), resource_id: resourceId, skill })),
  );
  // With the version: an editor who read the person before must not take them away unseen.
  await tx.query(
    `with added as (
       insert into resource_skills (org_id, id, resource_id, skill)
       select $1, w.id, w.resource_id, w.skill from json_to_recordset($2::json) as w(id uuid, resource_id uuid, skill text)
        where not exists (select from resource_skills s where s.org_id = $1 and s.resource_id = w.resource_id
                             and lower(s.skill) = lower(w.skill))
       on conflict on constraint resource_skills_once do nothing returning resource_id)
     update resources set version = version + 1, updated_at = now()
      where org_id = $1 and id in (select resource_id from added)`,
    [tx.scope.orgId, JSON.stringify(skills)],
  );
}
