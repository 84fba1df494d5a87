import { sql } from 'kysely';
import * as z from 'zod';
import type { RouteInput } from '#platform/contract/contract.ts';
import { notFound } from '#platform/contract/errors.ts';
import { withControl } from '#platform/db/control.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { OrgContext } from '#platform/http/feature.ts';
import type { Services } from '#platform/http/services.ts';
import { supportLevels } from '../shapes.ts';
import type { support } from '../support-contract.ts';

type NewGrant = RouteInput<typeof support.routes.open>['body'];

const level = z.enum(supportLevels);

function select({ databases: { control } }: Services, organisationId: string) {
  return control
    .selectFrom('support_grants as g')
    .leftJoin('users as u', 'u.id', 'g.granted_by')
    .select(['g.id', 'g.purpose', 'g.level', 'u.name as grantedBy', 'g.created_at as createdAt'])
    .select(['g.ends_at as endsAt', 'g.revoked_at as revokedAt'])
    .select(
      sql<'open' | 'ended' | 'revoked'>`case when g.revoked_at is not null then 'revoked'
        when g.ends_at > now() then 'open' else 'ended' end`.as('state'),
    )
    .where('g.organisation_id', '=', organisationId);
}

/** Newest first, with how often operators looked: from the organisation's own trail. */
export async function listGrants(services: Services, tx: Tx) {
  const rows = await select(services, tx.scope.orgId).orderBy('g.id', 'desc').limit(100).execute();
  const looks = new Map(
    await countLooks(
      tx,
      rows.map(({ id }) => id),
    ),
  );
  return rows.map((row) => ({
    ...row,
    level: level.parse(row.level),
    ...(looks.get(row.id) ?? { looks: 0, lastLookAt: null }),
  }));
}

async function countLooks(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ actor: string; looks: number; lastLookAt: string }>(
    `select actor, count(*)::int as looks, max(at) as "lastLookAt" from changes
      where org_id = $1 and actor = any($2::text[]) and operation = 'looked' group by actor`,
    [tx.scope.orgId, ids.map((id) => `support:${id}`)],
  );
  return rows.map(({ actor, ...counts }) => [actor.slice('support:'.length), counts] as const);
}

export async function openGrant({ services, scope, caller }: OrgContext, { purpose, level: wanted, hours }: NewGrant) {
  const id = uuidv7();
  const organisationId = caller.organisation.id;
  await withControl(services, scope, (trx) =>
    trx
      .insertInto('support_grants')
      .values({
        id,
        organisation_id: organisationId,
        purpose,
        level: wanted,
        granted_by: caller.userId ?? null,
        ends_at: sql<string>`now() + ${hours} * interval '1 hour'`,
      })
      .execute(),
  );
  services.authenticator.forget();
  const row = await select(services, organisationId).where('g.id', '=', id).executeTakeFirstOrThrow();
  return { ...row, level: level.parse(row.level), looks: 0, lastLookAt: null };
}

/** @throws AppError not_found when it doesn't run */
export async function endGrant({ services, scope, caller }: OrgContext, id: string): Promise<void> {
  await withControl(services, scope, async (trx) => {
    const ended = await trx
      .updateTable('support_grants')
      .set({ revoked_at: sql<string>`now()` })
      .where('organisation_id', '=', caller.organisation.id)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .where('ends_at', '>', sql<string>`now()`)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) throw notFound('This support access');
  });
  services.authenticator.forget();
}
