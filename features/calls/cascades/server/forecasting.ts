import { responseStats } from '#features/calls/reports/server/response-stats.ts';
import type { Tx } from '#platform/db/tenant.ts';
import type { CascadeSettings, Forecast } from '../cascade-contract.ts';
import { forecastRound, likelyAnswer } from '../forecast-rules.ts';
import { chosenFor, requireNeed, requireOpenServices } from './candidates.ts';
import { obstaclesOf } from './obstacles.ts';

const minute = 60_000;

/** What calling would come to, from how these people answered so far. @throws AppError nothing_open, not_found */
export async function forecastNeed(
  tx: Tx,
  needId: string,
  { resourceIds, ...settings }: CascadeSettings & { resourceIds?: readonly string[] | undefined },
): Promise<Omit<Forecast, 'mailServer'>> {
  const need = await requireNeed(tx, needId);
  const services = await requireOpenServices(tx, needId);
  const people = await chosenFor(tx, need, services, resourceIds);
  const ids = people.map(({ resourceId }) => resourceId);
  const asked = people.map(({ resourceId, grade }) => ({ resourceId, byHand: grade === null }));
  const wanted = services.map(({ id }) => id);
  const [obstacles, stats] = await Promise.all([obstaclesOf(tx, { ...need, services }, asked), responseStats(tx, ids)]);
  const askable = ids.filter((id) => {
    const found = obstacles.get(id);
    if (!found || found.lasting) return false;
    return settings.partial ? wanted.some((one) => !found.at.has(one)) : found.at.size === 0;
  });
  const byPerson = new Map(stats.map((one) => [one.resourceId, one]));
  const places = Math.max(...services.map(({ open }) => open));
  const untilMinutes = (Math.min(...services.map(({ startsAt }) => startsAt)) - tx.scope.now.getTime()) / minute;
  const late = untilMinutes < settings.lateWithinMinutes;
  const outlook = forecastRound(
    {
      ...settings,
      deadlineMinutes: late ? settings.lateDeadlineMinutes : settings.deadlineMinutes,
      places,
      untilMinutes,
    },
    askable.map((id) => likelyAnswer(byPerson.get(id))),
  );
  return {
    ...outlook,
    places,
    services: services.length,
    askable: askable.length,
    costMinor: settings.feeMinor === null ? null : settings.feeMinor * places,
    currency: settings.feeCurrency,
  };
}
