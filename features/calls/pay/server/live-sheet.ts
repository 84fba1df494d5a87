import type { Databases } from '#platform/db/databases.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { LiveSheet } from '../sheet-contract.ts';
import { differencesOf, totalOf } from '../sheet-rules.ts';
import { reckonEngagement, refOf } from './reckoning.ts';
import { listSheets, readSheet } from './sheets.ts';

/** What everybody gets as of now, beside what was approved. */
export async function getLiveSheet(tx: Tx, control: Databases['control'], engagementId: string): Promise<LiveSheet> {
  const [reckoning, approved] = await Promise.all([
    reckonEngagement(tx, engagementId),
    listSheets(tx, control, engagementId),
  ]);
  const { scale, names, facts, people, adjustments, problems, seen } = reckoning;
  const [last] = approved;
  const before = last && last.currency === scale?.currency ? await readSheet(tx, last.id) : undefined;
  const now = tx.scope.now.toISOString();
  return {
    scale: scale && refOf(scale),
    scales: names,
    people,
    totalMinor: totalOf(people),
    adjustments,
    problems,
    upcoming: facts.services.filter(({ endsAt, cancelledAt }) => cancelledAt === null && endsAt > now).length,
    seen,
    approved,
    differences: before ? differencesOf(before.people, people) : null,
  };
}
