import * as z from 'zod';
import type { Tx } from '#platform/db/tenant.ts';
import { task } from '#platform/jobs/task.ts';
import { ordinal, spanText } from '#features/scheduling/claims/rules.ts';
import type { NoticeKind } from '../kinds.ts';
import { tellActor } from './tell.ts';

interface Held {
  claimId: string;
  placedBy: string;
  engagementId: string | null;
  startsAt: string;
  endsAt: string;
  zone: string;
  resourceName: string;
}

const heldSql = `select c.id as "claimId", c.placed_by as "placedBy", c.engagement_id as "engagementId",
    iso(c.starts_at) as "startsAt", iso(c.ends_at) as "endsAt", c.zone, r.name as "resourceName"
  from claims c join resources r on r.org_id = c.org_id and r.id = c.resource_id
 where c.org_id = $1 and c.id = any($2::uuid[])`;

const released = z.object({
  claimId: z.uuid(),
  placedBy: z.string(),
  engagementId: z.uuid().nullable(),
  status: z.string(),
  rank: z.int().nullable(),
  startsAt: z.string(),
  endsAt: z.string(),
  zone: z.string(),
  resourceName: z.string(),
});

/** Tells whoever placed a claim what became of it. Each event reaches each reader once, however often the job runs. */
export const noticeTasks = [
  task({
    name: 'notices.onPromoted',
    on: 'claims.promoted',
    payload: z.object({ promoted: z.array(z.object({ claimId: z.uuid(), from: z.int(), to: z.int() })) }),
    run: ({ tenant }, { promoted }) =>
      tenant(async (tx) => {
        const held = await tx.query<Held>(heldSql, [tx.scope.orgId, promoted.map(({ claimId }) => claimId)]);
        for (const claim of held) {
          const { to } = promoted.find(({ claimId }) => claimId === claim.claimId) ?? {};
          if (to) await tell(tx, 'promoted', claim, `Your hold on ${about(claim)} is now the ${ordinal(to)}.`);
        }
      }),
  }),
  task({
    name: 'notices.onChallenged',
    on: 'claims.challenged',
    payload: z.object({ claimId: z.uuid(), deadlineAt: z.string() }),
    run: ({ tenant }, { claimId, deadlineAt }) =>
      tenant(async (tx) => {
        const [claim] = await tx.query<Held>(heldSql, [tx.scope.orgId, [claimId]]);
        if (!claim) return;
        const until = spanText({ startsAt: deadlineAt, endsAt: deadlineAt }, claim.zone).replace(/–\S+/, '');
        await tell(
          tx,
          'challenged',
          claim,
          `Your hold on ${about(claim)} is challenged. Commit or release it by ${until}, or it is released.`,
        );
      }),
  }),
  task({
    name: 'notices.onWaived',
    on: 'claims.waived',
    payload: z.object({ claimId: z.uuid() }),
    run: ({ tenant }, { claimId }) =>
      tenant(async (tx) => {
        const [claim] = await tx.query<Held>(heldSql, [tx.scope.orgId, [claimId]]);
        if (claim)
          await tell(tx, 'challenge_waived', claim, `The challenge of your hold on ${about(claim)} was taken back.`);
      }),
  }),
  task({
    name: 'notices.onReleased',
    on: 'claims.released',
    payload: z.object({ released: z.array(released), reason: z.string(), by: z.string() }),
    run: ({ tenant }, { released: claims, reason, by }) =>
      tenant(async (tx) => {
        for (const claim of claims) {
          // Who released it knows.
          if (claim.placedBy === by) continue;
          const what = claim.status === 'hold' ? `${ordinal(claim.rank ?? 1)} hold` : claim.status;
          await tell(tx, 'released', claim, `Your ${what} on ${about(claim)} was released.${reason && ` ${reason}`}`);
        }
      }),
  }),
];

function about(claim: Held): string {
  return `${claim.resourceName}, ${spanText(claim, claim.zone)},`.replace(/,$/, '');
}

function tell(tx: Tx, kind: NoticeKind, { placedBy, engagementId, claimId }: Held, message: string): Promise<void> {
  return tellActor(tx, placedBy, { kind, message, engagementId, source: `${kind}:${claimId}:${message}` });
}
