import { AppError, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { releaseClaims } from '#features/scheduling/claims/server/commands.ts';
import { lockClaims } from '#features/scheduling/claims/server/queue.ts';
import { decidedWords } from '../inquiry-words.ts';
import { releases, stepFrom, type InquiryState, type Step } from '../rules.ts';

/** An inquiry as commands work on it, its row locked. */
export interface LockedInquiry {
  id: string;
  state: InquiryState;
  title: string;
  suspected: boolean;
  assigneeUserId: string | null;
  partyId: string | null;
  contactName: string;
  company: string;
  email: string | null;
  phone: string | null;
  budgetMinor: number | null;
  budgetCurrency: string | null;
}

/** Whoever decides about an inquiry holds its row: of two at once, the second sees what the first decided. */
export async function lockInquiry(tx: Tx, id: string): Promise<LockedInquiry> {
  const [row] = await tx.query<LockedInquiry>(
    `select id, state, title, suspected, assignee_user_id as "assigneeUserId", party_id as "partyId",
            contact_name as "contactName", company, email, phone, budget_minor::float8 as "budgetMinor",
            budget_currency as "budgetCurrency"
       from inquiries where org_id = $1 and id = $2 for update`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound('This inquiry');
  return row;
}

/**
 * Takes a locked inquiry one step on, as a recorded decision; an end that isn’t an approval lets go what was held for it.
 * @returns the decision’s id. @throws AppError already_decided
 */
export async function takeStep(tx: Tx, inquiry: LockedInquiry, step: Step, reason = ''): Promise<string> {
  const to = stepFrom(inquiry.state, step);
  if (to === undefined) {
    throw new AppError('already_decided', {
      message: decidedWords(inquiry.state),
      extra: { state: inquiry.state },
    });
  }
  const { orgId, actor, now } = tx.scope;
  const decisionId = uuidv7();
  if (to !== inquiry.state) {
    await Promise.all([
      tx.query(
        `update inquiries set state = $3, suspected = suspected and $3 = 'spam', version = version + 1, updated_at = now()
          where org_id = $1 and id = $2`,
        [orgId, inquiry.id, to],
      ),
      tx.query(
        `insert into inquiry_decisions (org_id, id, inquiry_id, from_state, to_state, reason, decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [orgId, decisionId, inquiry.id, inquiry.state, to, reason, actor, now],
      ),
    ]);
  }
  if (releases(to)) await releaseFor(tx, inquiry.id, reason || `${inquiry.title}: ${to}.`);
  return decisionId;
}

/**
 * Lets go what is only held. What somebody has committed stays: to release that is for those who may commit, and neither a
 * sender’s to undo nor a filter’s.
 * @param keep claims that stay
 */
export async function releaseFor(
  tx: Tx,
  inquiryId: string,
  reason: string,
  keep: readonly string[] = [],
): Promise<void> {
  const held = (await claimsOf(tx, inquiryId)).filter((id) => !keep.includes(id));
  // Locked: nobody commits one between the look and the release.
  const locked = await lockClaims(tx, held);
  const released = locked.filter(({ status }) => status !== 'commit').map(({ id }) => id);
  await releaseClaims(tx, released, reason, true);
}

/** Ids of what is held for it. */
export async function claimsOf(tx: Tx, inquiryId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select claim_id as id from inquiry_claims where org_id = $1 and inquiry_id = $2 order by id',
    [tx.scope.orgId, inquiryId],
  );
  return rows.map(({ id }) => id);
}
