import type { Tx } from './tenant.ts';

/** An entry that no change of a row makes by itself: somebody was refused, or looked. */
interface TrailEntry {
  entity: string;
  entityId: string;
  operation: 'denied' | 'looked';
  after: Readonly<Record<string, unknown>>;
  reason?: string;
}

/** Writes into the organisation's trail, in the transaction that shows or refuses: nothing is shown that isn't noted. */
export async function writeTrail(tx: Tx, { entity, entityId, operation, after, reason }: TrailEntry): Promise<void> {
  const { orgId, actor, realActor, session, address, requestId } = tx.scope;
  await tx.query(
    `insert into changes (org_id, entity, entity_id, operation, after, actor, real_actor, session, address, request_id, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      orgId,
      entity,
      entityId,
      operation,
      JSON.stringify(after),
      actor,
      realActor ?? null,
      session ?? null,
      address ?? null,
      requestId,
      reason ?? null,
    ],
  );
}
