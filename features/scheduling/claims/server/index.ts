import { AppError } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import { feature, type Caller } from '#platform/http/feature.ts';
import { availabilityWarnings } from '#features/scheduling/availability/server/warnings.ts';
import { claims, type Conflict } from '../contract.ts';
import { commitConflict, conflictOf } from '../rules.ts';
import { challengeHold, waiveChallenge } from './challenges.ts';
import { changeClaim, moveClaim, releaseClaims, setRank, setStatus } from './commands.ts';
import { confirmEngagement } from './confirm.ts';
import { claimTasks } from './jobs.ts';
import { placeClaims, requireRanking } from './place.ts';
import { lockClaims } from './queue.ts';
import { getClaim, getClaims, holdsText, listAgeing, listClaims, meetingsOf, readWindow, type Ask } from './queries.ts';

export const claimsFeature = feature(
  claims,
  {
    list: ({ tx, own }, { query }) => listClaims(tx, query, own),
    window: ({ tx, own }, { query }) => readWindow(tx, query, own),
    async place({ tx, caller }, { body }) {
      if (body.claims.some(({ status }) => status === 'commit')) requireCommit(caller);
      requireRanking(caller, body.claims);
      return placeClaims(tx, body);
    },
    check: ({ tx }, { body }) => checkAsks(tx, body.claims),
    async move({ tx, caller }, { params, body }) {
      await requireCommitFor(tx, caller, [params.id]);
      await moveClaim(tx, params.id, body);
      return getClaim(tx, params.id);
    },
    async change({ tx, caller }, { params, body }) {
      const before = await changeClaim(tx, params.id, body);
      if (before.status === 'commit' && body.units !== undefined) requireCommit(caller);
      return getClaim(tx, params.id);
    },
    async setStatus({ tx, caller }, { params, body }) {
      if (body.status === 'commit') requireCommit(caller);
      else await requireCommitFor(tx, caller, [params.id]);
      await setStatus(tx, params.id, body.status, body.version);
      return getClaim(tx, params.id);
    },
    async setRank({ tx }, { params, body }) {
      await setRank(tx, params.id, body.rank, body.version);
      return getClaim(tx, params.id);
    },
    async release({ tx, caller }, { body }) {
      // Locked: a release sees no version by which somebody's commitment of this moment would be noticed.
      if (!caller.can('claims.commit')) await lockClaims(tx, body.claimIds);
      await requireCommitFor(tx, caller, body.claimIds);
      return releaseClaims(tx, body.claimIds, body.reason);
    },
    async challenge({ tx }, { params, body }) {
      await challengeHold(tx, params.id, body.challengerId);
      return getClaim(tx, params.id);
    },
    async waive({ tx }, { params }) {
      await waiveChallenge(tx, params.id);
      return getClaim(tx, params.id);
    },
    async confirm({ tx }, { params, body }) {
      const { stage, claimIds } = await confirmEngagement(tx, params.id, body.reason);
      return { engagementId: params.id, stage, claims: await getClaims(tx, claimIds) };
    },
    holdsText: ({ tx }, { query }) => holdsText(tx, query),
    ageing: ({ tx }, { query }) => listAgeing(tx, query),
  },
  claimTasks,
);

function requireCommit(caller: Caller): void {
  if (!caller.can('claims.commit')) {
    throw new AppError('forbidden', {
      message: `Your role (${caller.roleName}) doesn’t allow you to commit, or to change what is committed.`,
      extra: { permission: 'claims.commit' },
    });
  }
}

/** What is committed may be touched only by those who may commit. */
async function requireCommitFor(tx: Tx, caller: Caller, ids: readonly string[]): Promise<void> {
  if (caller.can('claims.commit')) return;
  const committed = await tx.query(
    "select from claims where org_id = $1 and id = any($2::uuid[]) and status = 'commit' limit 1",
    [tx.scope.orgId, ids],
  );
  if (committed.length > 0) requireCommit(caller);
}

async function checkAsks(tx: Tx, asks: readonly Ask[]) {
  const [meetings, warnings] = await Promise.all([meetingsOf(tx, asks), availabilityWarnings(tx, asks)]);
  const holds = meetings.flatMap((meeting): Conflict[] => {
    const queue = meeting.standing.filter(({ status }) => status === 'hold');
    return queue.length > 0 ? [conflictOf(meeting, 'outranked', queue)] : [];
  });
  return { conflicts: meetings.flatMap((meeting) => commitConflict(meeting) ?? []), holds, warnings };
}
