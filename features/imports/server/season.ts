import {
  confirmImported,
  ensureEngagements,
  ensureSeries,
  type StandingEngagement,
} from '#features/engagements/server/ensure-engagements.ts';
import { stageOf } from '#features/engagements/rules.ts';
import type { PackName } from '#features/organisations/packs/pack.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { withinProjects } from '#features/organisations/server/projects.ts';
import {
  everClaimed,
  placeWherePossible,
  type WantedClaim,
} from '#features/scheduling/claims/server/place-where-possible.ts';
import { ensureResources } from '#features/scheduling/resources/server/ensure-resources.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { uuidv7 } from '#platform/db/uuid.ts';
import type { SeasonReport } from '../contract.ts';
import { seasonZone, type PlannedConcert, type SeasonPlan } from '../rules-nyphil.ts';
import { countCommits, describeRefused } from './season-report.ts';

/** Concerts per transaction: progress is seen after each, and a crash loses at most one. */
const chunk = 24;

/** Runs work in a transaction of the organisation. */
type InTenant = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface SeasonOptions {
  packs: readonly string[];
  /** Engagements that aren't over, at most; null: no limit. */
  projects?: number | null;
  /** Called in each chunk's transaction with how many concerts are done by then. */
  onProgress?: (tx: Tx, done: number) => Promise<void>;
}

/** A claim that was refused, with what a report says of the refused side. */
export interface Refused extends WantedClaim {
  concert: PlannedConcert;
  title: string;
}

/**
 * Brings a season in, chunk by chunk, each whole or not at all. Everything is found by its reference first,
 * so that a second run, or one after a crash, adds only what is missing and changes nothing else.
 */
export async function importSeason(
  inTenant: InTenant,
  plan: SeasonPlan,
  { packs: used, projects = null, onProgress }: SeasonOptions,
): Promise<SeasonReport> {
  const pack: PackName = used.includes('orchestra') ? 'orchestra' : firstPack(used);
  const base = await inTenant(async (tx) => {
    const resources = await ensureResources(tx, plan.resources, seasonZone);
    const series = await ensureSeries(tx, plan.programmes);
    return { resources: resources.ids, series: series.ids, created: resources.created + series.created };
  });
  let { created } = base;
  const refused: Refused[] = [];
  const engagementIds: string[] = [];
  for (let from = 0; from < plan.concerts.length; from += chunk) {
    const concerts = plan.concerts.slice(from, from + chunk);
    const result = await inTenant(async (tx) => {
      const done = await withinProjects(tx, projects, () => importConcerts(tx, concerts, base, pack));
      await onProgress?.(tx, from + concerts.length);
      return done;
    });
    created += result.created;
    refused.push(...result.refused);
    engagementIds.push(...result.engagementIds);
  }
  const { programmes, concerts, venues, people } = plan;
  return inTenant(async (tx) => ({
    programmes: programmes.length,
    concerts: concerts.length,
    venues,
    people,
    created,
    commits: await countCommits(tx, engagementIds),
    conflicts: await describeRefused(tx, refused),
    untimed: concerts.filter(({ timed }) => !timed).map(({ title, date }) => ({ title, date })),
  }));
}

function firstPack(used: readonly string[]): PackName {
  return Object.values(packs).find(({ name }) => used.includes(name))?.name ?? 'orchestra';
}

interface Known {
  resources: ReadonlyMap<string, string>;
  series: ReadonlyMap<string, string>;
}

async function importConcerts(tx: Tx, concerts: readonly PlannedConcert[], known: Known, pack: PackName) {
  const wanted = concerts.map((concert) => ({
    ...concert,
    seriesId: known.series.get(concert.programme) ?? null,
    placeId: known.resources.get(concert.venue) ?? null,
  }));
  const standing = await ensureEngagements(tx, wanted, { pack, zone: seasonZone });
  const older = [...standing.values()].filter(({ isNew }) => !isNew).map(({ id }) => id);
  const claimed = await everClaimed(tx, older);
  const claims = concerts.flatMap((concert) => claimsOf(concert, standing.get(concert.ref), known.resources, claimed));
  const placed = await placeWherePossible(tx, claims);
  const refused = claims.filter(({ id }) => !placed.has(id));
  const short = new Set(refused.map(({ engagementId }) => engagementId));
  const complete = concerts.flatMap(({ ref, timed }) => {
    const engagement = standing.get(ref);
    return engagement?.isNew && timed && !short.has(engagement.id) ? [engagement.id] : [];
  });
  await confirmImported(tx, complete, pack, 'Imported with everyone and everything it needs.');
  return {
    created: standing.size - older.length + placed.size,
    refused,
    engagementIds: [...standing.values()].map(({ id }) => id),
  };
}

/** What a concert needs and never claimed. At the engagement's own time: somebody may have moved it since. */
function claimsOf(
  concert: PlannedConcert,
  engagement: StandingEngagement | undefined,
  resources: ReadonlyMap<string, string>,
  claimed: ReadonlySet<string>,
): Refused[] {
  if (!engagement || stageOf(packs[engagement.pack], engagement.stage)?.kind === 'lost') return [];
  const { id: engagementId, title, startsAt, endsAt } = engagement;
  const status = concert.timed ? 'commit' : 'pencil';
  const ids = concert.needs.flatMap((ref) => resources.get(ref) ?? []);
  return [...new Set(ids)]
    .filter((resourceId) => !claimed.has(`${engagementId} ${resourceId}`))
    .map((resourceId) => ({ id: uuidv7(), engagementId, resourceId, startsAt, endsAt, status, concert, title }));
}
