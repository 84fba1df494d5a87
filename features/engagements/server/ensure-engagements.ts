import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import { firstStage } from '../rules.ts';

/** A series that an import needs; `ref` is its external reference. */
export interface WantedSeries {
  ref: string;
  name: string;
  notes: string;
}

/** @returns the ids by reference, and how many were made; those that are there stay as they are */
export async function ensureSeries(
  tx: Tx,
  wanted: readonly WantedSeries[],
): Promise<{ ids: Map<string, string>; created: number }> {
  const refs = wanted.map(({ ref }) => ref);
  const made = tx.query(
    `insert into series (org_id, id, name, notes, external_ref)
     select $1, w.id, w.name, w.notes, w.ref from unnest($2::text[], $3::uuid[], $4::text[], $5::text[]) as w(ref, id, name, notes)
     on conflict on constraint series_external_ref_unique do nothing returning id`,
    [
      tx.scope.orgId,
      refs,
      wanted.map(() => uuidv7()),
      wanted.map(({ name }) => name),
      wanted.map(({ notes }) => notes),
    ],
  );
  const found = tx.query<{ id: string; ref: string }>(
    'select id, external_ref as ref from series where org_id = $1 and external_ref = any($2::text[])',
    [tx.scope.orgId, refs],
  );
  return { ids: new Map((await found).map(({ id, ref }) => [ref, id])), created: (await made).length };
}

export interface WantedEngagement {
  ref: string;
  title: string;
  notes: string;
  seriesId: string | null;
  placeId: string | null;
  startsAt: string;
  endsAt: string;
}

/** An engagement as it stands: an older one may have been moved or retitled since it was imported. */
export interface StandingEngagement {
  id: string;
  ref: string;
  title: string;
  startsAt: string;
  endsAt: string;
  /** The pack's own word for whether it happens: `lost` claims nothing. */
  stage: string;
  pack: PackName;
  /** True when this call made it. */
  isNew: boolean;
}

/** Finds each engagement by its external reference, or makes it in the first stage of `pack`. */
export async function ensureEngagements(
  tx: Tx,
  wanted: readonly WantedEngagement[],
  { pack, zone }: { pack: PackName; zone: string },
): Promise<Map<string, StandingEngagement>> {
  const refs = wanted.map(({ ref }) => ref);
  const column = <K extends keyof WantedEngagement>(key: K) => wanted.map((engagement) => engagement[key]);
  const made = tx.query<{ id: string }>(
    `insert into engagements (org_id, id, pack, stage, zone, title, notes, series_id, place_id, starts_at, ends_at, external_ref)
     select $1, w.id, $4, $5, $6, w.title, w.notes, w.series_id, w.place_id, w.starts_at, w.ends_at, w.ref
       from unnest($2::text[], $3::uuid[], $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::timestamptz[], $12::timestamptz[])
            as w(ref, id, title, notes, series_id, place_id, starts_at, ends_at)
     on conflict on constraint engagements_external_ref_unique do nothing returning id`,
    [
      tx.scope.orgId,
      refs,
      wanted.map(() => uuidv7()),
      pack,
      firstStage(packs[pack]),
      zone,
      column('title'),
      column('notes'),
      column('seriesId'),
      column('placeId'),
      column('startsAt'),
      column('endsAt'),
    ],
  );
  const found = tx.query<Omit<StandingEngagement, 'isNew'>>(
    `select id, external_ref as ref, title, starts_at as "startsAt", ends_at as "endsAt", stage, pack
       from engagements where org_id = $1 and external_ref = any($2::text[])`,
    [tx.scope.orgId, refs],
  );
  const fresh = new Set((await made).map(({ id }) => id));
  return new Map(
    (await found).map((engagement) => [engagement.ref, { ...engagement, isNew: fresh.has(engagement.id) }]),
  );
}

/**
 * Records that engagements which were imported with everything they claim committed are confirmed: what a
 * chain confirm would do, whose work is done already.
 */
export async function confirmImported(tx: Tx, ids: readonly string[], pack: PackName, reason: string): Promise<void> {
  if (ids.length === 0) return;
  const { orgId, actor, now } = tx.scope;
  const stage = packs[pack].confirmedStage;
  const decided = tx.query(
    `insert into stage_decisions (org_id, id, engagement_id, from_stage, to_stage, reason, decided_by, decided_at)
     select $1, w.decision, e.id, e.stage, $4, $5, $6, $7
       from unnest($2::uuid[], $3::uuid[]) as w(id, decision) join engagements e on e.org_id = $1 and e.id = w.id`,
    [orgId, ids, ids.map(() => uuidv7()), stage, reason, actor, now],
  );
  await tx.query(
    `update engagements set stage = $3, confirmed_at = $4, version = version + 1, updated_at = now()
      where org_id = $1 and id = any($2::uuid[])`,
    [orgId, ids, stage, now],
  );
  await decided;
}
