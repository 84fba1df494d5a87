import { createHash } from 'node:crypto';
import type { Tx } from '#platform/db/tenant.ts';
import type { PayScale } from '../contract.ts';
import { payOf, problemsOf, type PaidPerson } from '../sheet-rules.ts';
import type { PayAdjustment, PayPerson, PayProblem, ScaleRef } from '../sheet-contract.ts';
import { listAdjustments } from './adjustments.ts';
import { payFacts, type PayFacts } from './facts.ts';
import { scaleOf } from './scales.ts';

export interface Reckoning {
  scale: PayScale | null;
  names: string[];
  facts: PayFacts;
  people: PayPerson[];
  adjustments: PayAdjustment[];
  problems: PayProblem[];
  /** Hash of what was reckoned, so that nobody approves what they didn't see. */
  seen: string;
}

/** By attendance and scale as of now. @throws AppError not_found */
export async function reckonEngagement(tx: Tx, engagementId: string): Promise<Reckoning> {
  const [facts, { scale, names }, adjustments] = await Promise.all([
    payFacts(tx, engagementId),
    scaleOf(tx, engagementId),
    listAdjustments(tx, engagementId),
  ]);
  const payable = adjustments.filter((each) => each.currency === scale?.currency);
  const people = scale ? peopleOf(facts, payable).map((person) => payOf(scale.terms, person)) : [];
  const problems = problemsOf(scale, facts.services, people, adjustments);
  const { name, validFrom, currency } = scale ?? {};
  const seen = createHash('sha256')
    .update(JSON.stringify([name, validFrom, currency, people]))
    .digest('base64url');
  return { scale, names, facts, people, adjustments, problems, seen };
}

/** In score order; who has no seat and yet an adjustment comes last. */
function peopleOf({ seats }: PayFacts, adjustments: readonly PayAdjustment[]): PaidPerson[] {
  const seated = Map.groupBy(seats, ({ resourceId }) => resourceId ?? '');
  seated.delete('');
  const adjusted = Map.groupBy(adjustments, ({ resourceId }) => resourceId);
  const others = [...adjusted.keys()].filter((id) => !seated.has(id));
  return [...seated.keys(), ...others].map((resourceId) => {
    const [theirs, by] = [seated.get(resourceId) ?? [], adjusted.get(resourceId) ?? []];
    const name = theirs[0]?.name ?? by[0]?.name ?? '';
    return { resourceId, name, skill: theirs[0]?.skill ?? '', seats: theirs, adjustments: by };
  });
}

export function refOf({ id, name, validFrom, currency }: PayScale): ScaleRef {
  return { id, name, validFrom, currency };
}
