import { invalid, notFound } from '#platform/contract/errors.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { PaidSeat } from '../paid-seat.ts';
import { sumOf } from '../pay-line.ts';
import { reckon } from '../pay-rules.ts';
import { estimateNeed, problemsOf, totalOf, type PlannedPlace } from '../sheet-rules.ts';
import type { EngagementEstimate, OneNeedEstimate } from '../sheet-contract.ts';
import type { PayTerms } from '../terms.ts';
import { payFacts, type PayFacts } from './facts.ts';
import { refOf } from './reckoning.ts';
import { scaleOf } from './scales.ts';

/** What the needs of an engagement will cost if all goes as planned. @throws AppError not_found */
export async function estimateEngagement(tx: Tx, engagementId: string): Promise<EngagementEstimate> {
  const { facts, scale, places } = await plan(tx, engagementId);
  const needs = facts.needs.map((need) => estimateNeed(need, places));
  return {
    scale: scale && refOf(scale),
    needs,
    totalMinor: totalOf(needs),
    problems: problemsOf(scale, facts.services, [], []),
  };
}

/**
 * What one person would cost for a need, and all of it.
 * @param chosen the services that they would play; those with open seats when undefined, all when there are none
 * @throws AppError not_found; invalid_input for a service at which this need has no seat
 */
export async function estimateOneNeed(tx: Tx, needId: string, chosen?: readonly string[]): Promise<OneNeedEstimate> {
  const [owner] = await tx.query<{ engagementId: string }>(
    'select engagement_id as "engagementId" from needs where org_id = $1 and id = $2',
    [tx.scope.orgId, needId],
  );
  if (!owner) throw notFound('This need');
  const { facts, scale, places } = await plan(tx, owner.engagementId);
  const need = facts.needs.find((each) => each.needId === needId);
  if (!need) throw notFound('This need');
  const its = facts.seats.filter((seat) => seat.needId === needId);
  const open = its.filter(({ resourceId }) => resourceId === null);
  const ids = new Set(chosen ?? (open.length > 0 ? open : its).map(({ service }) => service.id));
  const seats = [...ids].map((id, index) => {
    const seat = its.find(({ service }) => service.id === id);
    if (!seat) throw invalid(`scheduleItemIds.${index}`, 'This need has no seat at this service.');
    return planned({ ...seat, byRoster: false });
  });
  const lines = scale ? reckon(scale.terms, seats) : [];
  return {
    scale: scale && refOf(scale),
    need: estimateNeed(need, places),
    services: seats.length,
    person: { lines, totalMinor: sumOf(lines) },
    problems: problemsOf(
      scale,
      seats.map(({ service }) => service),
      [],
      [],
    ),
  };
}

async function plan(tx: Tx, engagementId: string) {
  const [facts, { scale }] = await Promise.all([payFacts(tx, engagementId), scaleOf(tx, engagementId)]);
  return { facts, scale, places: scale ? placesOf(scale.terms, facts) : [] };
}

/** Nobody is late yet, and nothing has run over. */
function planned(seat: PaidSeat): PaidSeat {
  const service = { ...seat.service, startedAt: null, endedAt: null, cancelledAt: null };
  return { ...seat, service, status: 'present', minutes: 0 };
}

/** Everybody with a seat, and somebody for each number that is open. */
function placesOf(terms: PayTerms, { seats }: PayFacts): PlannedPlace[] {
  const people = Map.groupBy(seats, ({ resourceId, needId, number }) => resourceId ?? `${needId} ${number}`);
  return [...people.values()].flatMap((theirs) => {
    const lines = reckon(terms, theirs.map(planned));
    // Who sits on chairs of two needs is counted at each.
    return [...new Set(theirs.map(({ needId }) => needId))].map((needId) => ({
      needId,
      filled: theirs[0]?.resourceId !== null,
      lines: lines.filter((line) => line.needId === needId),
    }));
  });
}
