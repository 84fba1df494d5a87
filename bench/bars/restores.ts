import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Databases } from '#platform/db/databases.ts';
import { eraseOrganisation } from '#platform/db/moving/erase.ts';
import { exportOrganisation } from '#platform/db/moving/export.ts';
import { restoreOrganisation } from '#platform/db/moving/restore.ts';
import { withClient } from '#platform/test/connection.ts';
import { countIn, newestSealIn, sumsOf } from './sums.ts';
import { must, type World } from './world.ts';

const by = { actor: 'command', requestId: 'bench' };

/**
 * Bar 12: an organisation is exported, erased and restored; every table then has the rows that it had, no other
 * organisation lost or gained one, and nothing is mailed.
 */
export async function restores(world: World, others: readonly World[], databases: Databases) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-export-'));
  const file = path.join(folder, 'organisation.holdfast.gz');
  try {
    const place = await databases.databaseOf(world.orgId);
    const seals = await newestSealIn(place.ownerUrl, world.orgId);
    const before = await sumsOf(place.ownerUrl, world.orgId, { seals });
    const controlBefore = await controlSums(databases, world.orgId, seals);
    const aside = await Promise.all(others.map(({ orgId }) => everything(databases, orgId)));
    const mails = await mailsOf(databases);
    const clock = [performance.now()];
    const { rows } = await exportOrganisation(databases, { organisationId: world.orgId, file, by });
    clock.push(performance.now());
    must(existsSync(file), 'There is no file.');
    const { jobs } = await countIn(place.ownerUrl, world.orgId);
    await eraseOrganisation(databases, { organisationId: world.orgId, confirm: world.org, by });
    clock.push(performance.now());
    const left = await countIn(place.ownerUrl, world.orgId);
    must(left.rows + left.jobs === 0, `${left.rows} rows and ${left.jobs} jobs were left behind.`);
    must((await controlSums(databases, world.orgId, seals)) === none, 'The control database still knows of it.');
    await restoreOrganisation(databases, { file, databaseId: place.id, by });
    clock.push(performance.now());
    const after = await sumsOf(place.ownerUrl, world.orgId, { seals });
    const differing = Object.keys(before).filter((table) => before[table] !== after[table]);
    must(differing.length === 0, `${differing.join(', ')} differ.`);
    must((await countIn(place.ownerUrl, world.orgId)).jobs === jobs, 'Jobs were lost.');
    must(
      (await controlSums(databases, world.orgId, seals)) === controlBefore,
      'The control database knows something else of it.',
    );
    const asideNow = await Promise.all(others.map(({ orgId }) => everything(databases, orgId)));
    must(JSON.stringify(asideNow) === JSON.stringify(aside), 'Another organisation changed.');
    must((await mailsOf(databases)) === mails, 'Mail was written.');
    const [exported = 0, erased = 0, restored = 0] = clock.slice(1).map((at, n) => Math.round(at - (clock[n] ?? 0)));
    return {
      rows,
      jobs,
      kilobytes: Math.round(statSync(file).size / 1_000),
      exportMs: exported,
      eraseMs: erased,
      restoreMs: restored,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const none = '[]';

/** Members, keys, roles, invitations without their links, and the organisation itself; what waits to be told aside. */
function controlSums(databases: Databases, orgId: string, seals: number): Promise<string> {
  return withClient(databases.controlOwnerUrl, async (client) => {
    const { rows } = await client.query<{ row: string }>(
      `select row from (
         select 'organisation' as kind, to_jsonb(o)::text as row from organisations o where id = $1
         union all select 'member', to_jsonb(m)::text from memberships m where organisation_id = $1
         union all select 'key', to_jsonb(k)::text from api_keys k where organisation_id = $1
         union all select 'role', to_jsonb(r)::text from custom_roles r where organisation_id = $1
         union all select 'invitation', (to_jsonb(i) - 'token_hash')::text from invitations i where organisation_id = $1
         union all select 'head', to_jsonb(h)::text from audit_heads h where organisation_id = $1 and seal <= $2) as known
        order by kind, row`,
      [orgId, seals],
    );
    return JSON.stringify(rows.map(({ row }) => row));
  });
}

async function everything(databases: Databases, orgId: string): Promise<unknown> {
  const { ownerUrl } = await databases.databaseOf(orgId);
  return [await sumsOf(ownerUrl, orgId, { seals: 0 }), await controlSums(databases, orgId, 0)];
}

async function mailsOf({ control }: Databases): Promise<number> {
  const { count } = await control
    .selectFrom('outgoing_mails')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
