import type { RouteInput } from '#platform/contract/contract.ts';
import { AppError, invalid } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { Organisation } from '#platform/http/feature.ts';
import { engagement } from '#features/engagements/contract.ts';
import { setDetails } from '#features/engagements/details/server/commands.ts';
import { lockFields } from '#features/engagements/details/server/queries.ts';
import { addParty, createEngagement } from '#features/engagements/server/commands.ts';
import { applyAutomaticTemplates, applyTemplate } from '#features/engagements/tasks/server/templates.ts';
import { changeFile } from '#features/files/server/commands.ts';
import { applySchedule } from '#features/engagements/timeline/server/templates.ts';
import { withinProjects } from '#features/organisations/server/projects.ts';
import { giveToEngagement } from '#features/scheduling/claims/server/give-to-engagement.ts';
import { confirmEngagement } from '#features/scheduling/claims/server/confirm.ts';
import type { inquiries } from '../contract.ts';
import { detailsFrom } from '../detail-rules.ts';
import { readAnswers, sentFiles, type Given } from './answers.ts';
import { findOrMakeParty, makeParty } from './contacts.ts';
import { writeToSender } from './letters.ts';
import { claimsOf, lockInquiry, releaseFor, takeStep, type LockedInquiry } from './steps.ts';

type Approval = RouteInput<(typeof inquiries)['routes']['approve']>['body'];

/**
 * Makes the engagement, with its contact, what is held for the inquiry, its tasks, files and details, and tells who asked; all in the
 * caller’s transaction. Confirming commits what is held, or refuses the whole with every blocker.
 *
 * @returns the engagement’s id. @throws AppError already_decided, blocked, limit_reached, invalid_input, not_found
 */
export async function approveInquiry(
  tx: Tx,
  id: string,
  approval: Approval,
  { organisation, secret }: { organisation: Organisation; secret: string },
): Promise<string> {
  const inquiry = await lockInquiry(tx, id);
  const decisionId = await takeStep(tx, inquiry, 'approve', approval.reason);
  const keep = await keptClaims(tx, id, approval.claimIds);
  const partyId = await partyOf(tx, inquiry, approval.partyId);
  const { title, startsAt, endsAt, zone, placeId, pack } = approval;
  const made = engagement.create.parse({ title, startsAt, endsAt, zone, placeId, ...knownOf(inquiry) });
  const engagementId = await withinProjects(tx, organisation.projects, () =>
    createEngagement(tx, { ...made, pack }, organisation),
  );
  if (partyId) await addParty(tx, engagementId, { partyId, role: approval.role });
  await releaseFor(tx, id, 'It was approved without this time.', keep);
  await giveToEngagement(tx, keep, engagementId);
  await beginWith(tx, engagementId, approval);
  const given = await readAnswers(tx, id);
  await writeDetails(tx, engagementId, given);
  for (const file of await sentFiles(tx, given)) await changeFile(tx, file.id, { version: file.version, engagementId });
  await noteEngagement(tx, id, engagementId, partyId);
  if (approval.confirm) await confirmEngagement(tx, engagementId, approval.reason);
  if (approval.letter !== null)
    await writeToSender(tx, secret, {
      kind: 'inquiry_approved',
      inquiryId: id,
      words: approval.letter,
      key: decisionId,
    });
  return engagementId;
}

/** Its first tasks, as the pack makes them or from the list chosen; and a schedule for its first day, when one is chosen. */
async function beginWith(tx: Tx, engagementId: string, { taskTemplate, scheduleTemplate }: Approval): Promise<void> {
  if (taskTemplate) await atField('taskTemplate', applyTemplate(tx, engagementId, taskTemplate));
  else await applyAutomaticTemplates(tx, engagementId);
  if (!scheduleTemplate) return;
  const [first] = await tx.query<{ day: string }>(
    'select (starts_at at time zone zone)::date::text as day from engagements where org_id = $1 and id = $2',
    [tx.scope.orgId, engagementId],
  );
  const applying = { key: scheduleTemplate, day: first?.day ?? '', itemIds: null };
  await atField('scheduleTemplate', applySchedule(tx, engagementId, applying));
}

/** What the answers say of its details stands there from the beginning. */
async function writeDetails(tx: Tx, engagementId: string, given: Given): Promise<void> {
  // One that was entered by hand has none.
  if (Object.keys(given.answers).length === 0) return;
  const said = detailsFrom(await lockFields(tx, engagementId), given);
  if (said.length === 0) return;
  await setDetails(
    tx,
    engagementId,
    said.map(({ key, value }) => ({ key, from: null, to: value })),
  );
}

/** What is wrong with a template’s key is wrong with the field that it came in. */
async function atField(field: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    const unknownKey = error instanceof AppError && error.details.fields?.some((each) => each.field === 'key');
    throw unknownKey ? invalid(field, error.message) : error;
  });
}

/** @throws AppError invalid_input when one isn’t held for this inquiry */
async function keptClaims(tx: Tx, id: string, wanted: readonly string[] | undefined): Promise<string[]> {
  const held = await claimsOf(tx, id);
  const foreign = wanted?.findIndex((claimId) => !held.includes(claimId)) ?? -1;
  if (foreign >= 0) throw invalid(`claimIds.${foreign}`, 'This time isn’t held for the inquiry any more. Look again.');
  return wanted ? [...new Set(wanted)] : held;
}

/** Chosen, as it says already, or made: whoever decides has seen those that are nearly the same. */
async function partyOf(tx: Tx, inquiry: LockedInquiry, chosen: string | null): Promise<string | null> {
  return chosen ?? inquiry.partyId ?? (await findOrMakeParty(tx, inquiry)) ?? (await makeParty(tx, inquiry));
}

/** What the inquiry tells of the engagement beyond what was decided. */
function knownOf({ budgetMinor, budgetCurrency, assigneeUserId }: LockedInquiry) {
  // More than an engagement's value may be is somebody's joke.
  const value = budgetMinor !== null && budgetMinor <= 100_000_000_000;
  return { leadUserId: assigneeUserId, ...(value && { valueMinor: budgetMinor, valueCurrency: budgetCurrency }) };
}

/** What was agreed takes the place of what was asked for: its sender’s page tells it, and lives as long as the event. */
async function noteEngagement(tx: Tx, id: string, engagementId: string, partyId: string | null): Promise<void> {
  await tx.query(
    `update inquiries q set engagement_id = e.id, party_id = $4, title = e.title, starts_at = e.starts_at, ends_at = e.ends_at,
            zone = e.zone, place_id = e.place_id, version = q.version + 1, updated_at = now()
       from engagements e where q.org_id = $1 and q.id = $2 and e.org_id = $1 and e.id = $3`,
    [tx.scope.orgId, id, engagementId, partyId],
  );
}
