import * as z from 'zod';
import { packNames, type PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { releaseClaims } from '#features/scheduling/claims/server/commands.ts';
import { AppError, invalid, notFound } from '#platform/contract/errors.ts';
import { columnsChangedSince, insertRow, patchRow } from '#platform/db/rows.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { Organisation } from '#platform/http/feature.ts';
import { publish } from '#platform/jobs/task.ts';
import type { engagement, series } from '../contract.ts';
import { firstStage, stageKeys, stageMove, type StageMove } from '../rules.ts';
import { engagementShape, seriesShape } from './queries.ts';

type NewEngagement = z.output<typeof engagement.create> & { pack?: PackName | undefined };
type EngagementPatch = z.output<typeof engagement.patch>;
type SeriesPatch = z.output<typeof series.patch>;

/** Makes it in the first stage of its pack. @returns the id. @throws AppError invalid_input */
export async function createEngagement(
  tx: Tx,
  { pack, ...input }: NewEngagement,
  organisation: Organisation,
): Promise<string> {
  const chosen = packOf(organisation, pack);
  const place = input.placeId ? await requirePlace(tx, input.placeId) : undefined;
  const zone = input.zone ?? place?.zone ?? organisation.zone;
  return insertRow(tx, engagementShape, { ...input, zone }, { pack: chosen, stage: firstStage(packs[chosen]) });
}

function packOf({ packs: used }: Organisation, wanted: PackName | undefined): PackName {
  if (wanted === undefined) return z.enum(packNames).parse(used[0]);
  if (!used.includes(wanted))
    throw invalid(
      'pack',
      `This organisation does not use the ${wanted} pack. An owner can switch it on in the settings.`,
    );
  return wanted;
}

async function requirePlace(tx: Tx, id: string): Promise<{ zone: string }> {
  const [row] = await tx.query<{ kind: string; zone: string }>(
    'select kind, zone from resources where org_id = $1 and id = $2',
    [tx.scope.orgId, id],
  );
  if (row?.kind !== 'place') throw invalid('placeId', 'There is no place with this id.');
  return row;
}

/** Its claims keep their own times. */
export async function changeEngagement(tx: Tx, id: string, { version, ...changes }: EngagementPatch): Promise<void> {
  if (changes.zone === null) throw invalid('zone', 'Choose a time zone.');
  if (changes.placeId) await requirePlace(tx, changes.placeId);
  await patchRow(tx, engagementShape, id, version, changes);
}

interface Locked {
  pack: PackName;
  stage: string;
  version: number;
  confirmed: boolean;
}

/** Whoever decides about an engagement holds its row; a claim placed meanwhile waits, as its foreign key needs the row. */
async function lockEngagement(tx: Tx, id: string): Promise<Locked> {
  const [row] = await tx.query<Locked>(
    `select pack, stage, version, confirmed_at is not null as confirmed from engagements
      where org_id = $1 and id = $2 for update`,
    [tx.scope.orgId, id],
  );
  if (!row) throw notFound('This engagement');
  return row;
}

/**
 * Moves an engagement through its pipeline and records who decided it, when and why. A lost one releases
 * everything that it claimed.
 * @throws AppError needs_confirm, version_conflict when somebody decided meanwhile, invalid_input, not_found
 */
export async function decideStage(
  tx: Tx,
  id: string,
  decision: { version: number; stage: string; reason: string },
): Promise<void> {
  const now = await lockEngagement(tx, id);
  await requireUndecidedSince(tx, id, decision.version, now);
  if (decision.stage === now.stage) return;
  const pack = packs[now.pack];
  const answer = stageMove(pack, decision.stage, now.confirmed);
  if ('move' in answer) return recordDecision(tx, id, now.stage, decision, answer.move);
  if (answer.refused === 'unknown') throw invalid('stage', `The ${now.pack} pack has the stages ${stageKeys(pack)}.`);
  throw new AppError('needs_confirm', {
    message: 'It must be confirmed first: that commits everything it claims, or says what stands in the way.',
  });
}

/** Edits of other fields don't matter to a decision; another decision does. */
async function requireUndecidedSince(tx: Tx, id: string, version: number, now: Locked): Promise<void> {
  if (version > now.version) throw invalid('version', 'Send the version that you read.');
  if (version === now.version) return;
  const changed = await columnsChangedSince(tx, 'engagements', id, version);
  if (!changed.has('stage')) return;
  throw new AppError('version_conflict', {
    message: `Somebody else moved it to ${now.stage} in the meantime. Look at it again.`,
    extra: { version: now.version, conflicts: { stage: { theirs: now.stage } } },
  });
}

async function recordDecision(
  tx: Tx,
  id: string,
  from: string,
  { stage, reason }: { stage: string; reason: string },
  { releases, unconfirms }: StageMove,
): Promise<void> {
  const { orgId, actor, now } = tx.scope;
  const decisionId = uuidv7();
  if (releases) {
    // Before the release: afterwards nobody has a seat.
    await tellLost(tx, id, decisionId);
    await releaseAll(tx, id, reason || 'The engagement was lost.');
  }
  const decided = tx.query(
    `insert into stage_decisions (org_id, id, engagement_id, from_stage, to_stage, reason, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [orgId, decisionId, id, from, stage, reason, actor, now],
  );
  await tx.query(
    `update engagements set stage = $3, confirmed_at = case when $4 then null else confirmed_at end,
            version = version + 1, updated_at = now()
      where org_id = $1 and id = $2`,
    [orgId, id, stage, unconfirms],
  );
  await decided;
}

/** Publishes who had which seat at what isn't over. */
async function tellLost(tx: Tx, engagementId: string, decisionId: string): Promise<void> {
  const seated = await tx.query<{ scheduleItemId: string; resourceId: string }>(
    `select s.schedule_item_id as "scheduleItemId", s.resource_id as "resourceId"
       from seats s join schedule_items i on i.org_id = s.org_id and i.id = s.schedule_item_id
      where s.org_id = $1 and s.engagement_id = $2 and s.resource_id is not null and i.ends_at > $3`,
    [tx.scope.orgId, engagementId, tx.scope.now],
  );
  if (seated.length > 0) await publish(tx, 'engagements.lost', { engagementId, decisionId, seated });
}

async function releaseAll(tx: Tx, engagementId: string, reason: string): Promise<void> {
  const claims = await tx.query<{ id: string }>('select id from claims where org_id = $1 and engagement_id = $2', [
    tx.scope.orgId,
    engagementId,
  ]);
  await releaseClaims(
    tx,
    claims.map(({ id }) => id),
    reason,
    true,
  );
}

/** @throws AppError in_use while it claims anything */
export async function removeEngagement(tx: Tx, id: string): Promise<void> {
  await lockEngagement(tx, id);
  const key = [tx.scope.orgId, id];
  const [held] = await tx.query<{ count: number }>(
    'select count(*)::int as count from claims where org_id = $1 and engagement_id = $2',
    key,
  );
  if (held && held.count > 0) {
    throw new AppError('in_use', {
      message: `It still claims ${held.count} ${held.count === 1 ? 'time' : 'times'}. Release them first, or cancel it instead.`,
    });
  }
  await tx.query('delete from engagements where org_id = $1 and id = $2', key);
}

/** @returns the entry's id. @throws AppError not_found, and by constraint duplicate or invalid_input */
export async function addParty(
  tx: Tx,
  engagementId: string,
  { partyId, role }: { partyId: string; role: string },
): Promise<string> {
  const [row] = await tx.query('select from engagements where org_id = $1 and id = $2 for key share', [
    tx.scope.orgId,
    engagementId,
  ]);
  if (!row) throw notFound('This engagement');
  const id = uuidv7();
  await tx.query(
    'insert into engagement_parties (org_id, id, engagement_id, party_id, role) values ($1, $2, $3, $4, $5)',
    [tx.scope.orgId, id, engagementId, partyId, role],
  );
  return id;
}

export async function removeParty(tx: Tx, engagementId: string, entryId: string): Promise<void> {
  const [gone] = await tx.query(
    'delete from engagement_parties where org_id = $1 and engagement_id = $2 and id = $3 returning id',
    [tx.scope.orgId, engagementId, entryId],
  );
  if (!gone) throw notFound('This contact');
}

export function createSeries(tx: Tx, input: z.output<typeof series.create>): Promise<string> {
  return insertRow(tx, seriesShape, input);
}

export function changeSeries(tx: Tx, id: string, { version, ...changes }: SeriesPatch): Promise<void> {
  return patchRow(tx, seriesShape, id, version, changes);
}
